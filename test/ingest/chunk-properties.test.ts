import { chunk, faultsOf } from './chunk-faults.js';
import { mixedText, oddText, pick, plainText, random, randomBytes, randomUnits, repeat, word } from './random-texts.js';

const SENTENCE = 'The bees of the third hive flew out at dawn and came back with yellow pollen. ';

const SPEECH = ['"Is it open?" asked Ann.', '"No," said Tom. "Not yet."', '“Wait!”', '— Da. — Net.'];

/** Our own kinds of text, each in small. */
const KINDS: Record<string, string> = {
  'no full stops': 'the bees flew out and came back '.repeat(600),
  'only marks': '.'.repeat(20_000),
  'marks and blanks': '. '.repeat(4000),
  'quotes without blanks': '."'.repeat(10_000),
  'brackets that never close': `(${'A word. '.repeat(2000)}`,
  'only line breaks between': 'x\n'.repeat(3000),
  'far apart': `x${' '.repeat(50_000)}y${'\n'.repeat(100_000)}z`,
  'Chinese without marks': '蜜蜂在春天开始飞行它们寻找花蜜'.repeat(200),
  'emoji without blanks': '👩‍👩‍👧‍👦🐝🇩🇪👍🏽❤️'.repeat(400),
  'flags cut at odd places': `x${'🇩'.repeat(3001)}`,
  'stacked marks': `e${'\u0301'.repeat(5000)}`,
  'special tokens': '<|endoftext|><|fim_prefix|> '.repeat(400),
  'special tokens without blanks': '<|endoftext|>'.repeat(800),
  'a table': '| hive | 12 kg |   |\n'.repeat(400),
  'a table of one row': '| hive | 12 kg '.repeat(800),
  columns: repeat(400, (index) => `Hive ${index}      ${index * 3} kg\t${index % 7}\n`),
  'comma-separated values': repeat(
    600,
    (index) => `${index},"Hive ${index}, north",2021-03-${index % 28},${index / 7}\n`,
  ),
  code: repeat(300, (index) => `  if (hives[${index}]) {\n\n    open(hives[${index}]);\n  }\n`),
  'fenced code': repeat(50, (index) => `Open it.\n\n\`\`\`ts\nconst a${index} = 1;\n\n\nopen(a${index});\n\`\`\`\n`),
  'a fence that never closes': `\`\`\`\n${SENTENCE.repeat(200)}`,
  Markdown: repeat(
    60,
    (index) => `## Part ${index}\n\n${SENTENCE}\n\n> ${SENTENCE}\n\n- *one*\n- [two](https://example.org)\n\n---\n`,
  ),
  'only headings': repeat(900, (index) => `# Part ${index}\n\n`),
  'only underlined headings': repeat(500, (index) => `Part ${index}\n======\n\n`),
  verse: repeat(
    300,
    (index) => `The owl sat still on branch ${index}\nAnd saw the evening fall\n${index % 4 === 3 ? '\n' : ''}`,
  ),
  'verses with numbers': repeat(400, (index) => `${1 + (index >> 5)}:${1 + (index & 31)} And the bees went out. `),
  dialogue: repeat(800, (index) => `${SPEECH[index % SPEECH.length]}\n`),
  'a play': repeat(300, (index) => `ANN. [Rising.] Is it ${index}?\n\n_Enter_ TOM.\n\n`),
  'hyphenated lines':
    'The bees of the third hive flew out at dawn and came back with yel-\nlow pollen, as they had done on the day be-\nfore.\n'.repeat(
      80,
    ),
  'one long word': 'a'.repeat(100_000),
  digits: '1234567890'.repeat(3000),
  'two words': 'Bees fly',
  nothing: '',
  'only blanks': ' \n\t\u3000\ufeff\n',
};

function letters(seed: number, length: number): string {
  const next = random(seed);
  return repeat(length, () => pick(next, 'abcdefghijklmnopqrstuvwxyz'.split('')));
}

describe.each([100, 400, 4000])('chunks of up to %d tokens', (size) => {
  it.each(Object.entries(KINDS))('give back the text: %s', (_, text) => {
    expect(faultsOf(text, size)).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6])('give back scripts, marks and blanks in a random mix, number %d', (seed) => {
    expect(faultsOf(mixedText(seed, 2500), size)).toEqual([]);
    expect(faultsOf(oddText(seed, 2500), size)).toEqual([]);
  });

  it.each([1, 2, 3])('give back random bytes read as text, number %d', (seed) => {
    const bytes = randomBytes(seed, 15_000);
    for (const encoding of ['utf-8', 'latin1', 'utf-16le'])
      expect(faultsOf(new TextDecoder(encoding).decode(bytes), size)).toEqual([]);
    expect(faultsOf(randomUnits(seed, 8000), size)).toEqual([]);
  });
});

describe('chunks of up to 30 tokens', () => {
  it.each(Object.entries(KINDS))('give back the text: %s', (_, text) => {
    expect(faultsOf(text.slice(0, 15_000), 30)).toEqual([]);
  });
});

describe('a line of 2 MB', () => {
  it.each([
    ['of sentences', plainText(1, 330_000)],
    ['without a full stop', plainText(2, 330_000, ' ', '')],
    ['without a blank', letters(3, 2_000_000)],
    ['of Chinese', repeat(33_000, () => '蜜蜂在春天开始飞行，它们寻找花蜜。')],
    ['of one row', repeat(130_000, (index) => `| ${index} kg `)],
  ])('%s is given back', (_, text) => {
    expect(text.length).toBeGreaterThan(500_000);
    expect(faultsOf(text, 400)).toEqual([]);
  });
});

describe('the ids of a document', () => {
  it('do not depend on what else is cut, nor on how far', () => {
    const next = random(9);
    const text = mixedText(7, 3000);
    const alone = chunk(text).map(({ id }) => id);
    chunk(repeat(60_000, () => word(next, ['a', 'z'], 12), ' '));
    expect(chunk(text).map(({ id }) => id)).toEqual(alone);
  });
});
