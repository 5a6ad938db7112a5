import { keepBetweenGutenbergLines } from '../../src/ingest/gutenberg.js';

const HEAD = 'The Project Gutenberg eBook of Bees\n\nTerms of use.\n\n';
const BODY = '\n\nCHAPTER I\n\nBees fly.\n\n';
const TAIL = '\n\nSection 1. General Terms of Use\n';

describe('keepBetweenGutenbergLines', () => {
  it.each([
    ['*** START OF THE PROJECT GUTENBERG EBOOK BEES ***', '*** END OF THE PROJECT GUTENBERG EBOOK BEES ***'],
    ['*** START OF THIS PROJECT GUTENBERG EBOOK BEES ***', '*** END OF THIS PROJECT GUTENBERG EBOOK BEES ***'],
    ['***START OF THE PROJECT GUTENBERG EBOOK BEES***', '***END OF THE PROJECT GUTENBERG EBOOK BEES***'],
    ['*** START OF THE PROJECT GUTENBERG ETEXT BEES ***', '*** END OF THE PROJECT GUTENBERG ETEXT BEES ***'],
    ['   *** Start of the Project Gutenberg eBook Bees ***', '     *** End of the Project Gutenberg eBook Bees ***'],
    ['*** START OF THE PROJECT GUTENBERG EBOOK BEES AND\nTHEIR KEEPERS ***', '*** END OF THE PROJECT GUTENBERG EBOOK'],
    ['*** START OF PROJECT GUTENBERG EBOOK BEES ***', '*** END OF PROJECT GUTENBERG EBOOK BEES ***'],
    ['*** START OF THE PROJECT GUTENBERG EBOOK BEES', '*** END OF THE PROJECT GUTENBERG EBOOK BEES ***'],
  ])('keeps what stands between %j and %j', (start, end) => {
    expect(keepBetweenGutenbergLines(`${HEAD}${start}${BODY}${end}${TAIL}`).trim()).toBe(BODY.trim());
  });

  it('cuts at the one line that is there', () => {
    expect(keepBetweenGutenbergLines(`${HEAD}*** START OF THE PROJECT GUTENBERG EBOOK X ***${BODY}`).trim()).toBe(
      BODY.trim(),
    );
    expect(keepBetweenGutenbergLines(`${BODY}*** END OF THE PROJECT GUTENBERG EBOOK X ***${TAIL}`).trim()).toBe(
      BODY.trim(),
    );
  });

  it('drops the last words that older files have before the end line', () => {
    const old = `${BODY}End of the Project Gutenberg EBook of Bees, by\nA. Keeper\n\n*** END OF THIS PROJECT GUTENBERG EBOOK X ***`;
    expect(keepBetweenGutenbergLines(old).trim()).toBe(BODY.trim());
  });

  it.each([
    [
      '*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*',
      "End of Project Gutenberg's Bees, by A. Keeper",
    ],
    [
      '*END THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.07.02.92*END*',
      'End of The Project Gutenberg Etext of Bees\n\n',
    ],
    ['*END* THE SMALL PRINT! FOR PUBLIC DOMAIN EBOOKS', '*** End of Project Gutenberg Etext Bees ***'],
  ])('keeps what stands between the older marks %j and %j', (terms, end) => {
    expect(keepBetweenGutenbergLines(`${HEAD}${terms}${BODY}${end}`).trim()).toBe(BODY.trim());
  });

  it.each([
    '',
    BODY,
    'A text on Project Gutenberg. *** Start of a scene ***\n',
    'The\nend of Project Gutenberg is far.\n\nMore.',
  ])('leaves %j as it is', (text) => {
    expect(keepBetweenGutenbergLines(text)).toBe(text);
  });
});
