import { sentenceSpans } from '../../src/ingest/sentences.js';

function split(paragraph: string): string[] {
  return [...sentenceSpans(paragraph)].map(({ start, end }) => paragraph.slice(start, end));
}

/** `|` marks each border that is wanted. */
const TEXTS = {
  'titles and initials': [
    'Dr. Smith met Mrs. Jones and Prof. Lee.| They left at once.',
    'J. R. R. Tolkien wrote it.| George W. Bush did not.| J. A. Prufrock sang.',
    'Mr. and Mrs. Smith vs. the U.S.A.| That is all!',
    'Rev. Martin Luther King Jr. spoke.| People listened.',
  ],
  'abbreviations inside and at the end': [
    'Use tools, e.g. a hammer, i.e. something heavy.| Then stop.',
    'He works for the U.S. Army.| She lives in the U.S.| The weather is fine.',
    'We saw lions, tigers, etc. and left.| We saw them all, etc.| Then we left.',
    'Acme Co. of Boston sued Roe v. Wade Ltd. in Jan. 2020.| It lost.',
    'He lives on Main St.| The shop is near St. Paul.',
    'She has a Ph.D. in physics.| He has none.',
  ],
  'times, dates and numbers': [
    'He works until 5 p.m. on Fridays.| He left at 5 p.m.| Everyone was asleep.',
    'Meet me at 10 a.m. Monday.| Bring $3.50 and version 2.0.1 of the map.| Good.',
    'It ended in 1984.| 25 years later it began again.',
    'See Fig. 3, pp. 12-14 and Vol. II of it.| No. 5 is missing.',
    'Is it ready?| No.| I think it needs Vitamin C.| Oranges have it.',
  ],
  'list numbers': [
    '1. Wash the frames.| 2. Dry them.',
    'a) Open the hive.| b) Close it.',
    '3.2. The law applies.| It does.',
  ],
  'quotations and brackets': [
    '"Stop!" he said.| "Why?"| She ran.',
    '“Are you sure?” asked Tom.| “Yes,” said Ann.',
    'Bees (see Ch. 4) like it.| (They really do.)| End.',
    'This is **bold.**| This is not.[3]| Nor is this.',
  ],
  'marks that repeat': [
    'What?!| Really...| Yes…| Then more.',
    'Well... maybe not.| Fine.',
    'Wait . . . what?| Now!!!| Go.',
  ],
  'names of files, pages and products': [
    'Node.js reads https://example.com/a.b?c=d.e and file.txt now.| It is free.',
    'The iPhone sold well.| eBay did not.| Press Ctrl+C.| Then wait.',
    'Great!| 🐝 Bees fly.',
  ],
  German: [
    'Am 3. Oktober ist Feiertag.| Danach nicht.',
    'Im 19. Jahrhundert war das z. B. in der 5. Kompanie anders.| Heute nicht.',
    'Das kostet ca. 5 Euro, d. h. wenig.| Hr. Müller sagte: „Gut!“| Er ging.',
  ],
  'French and Spanish': [
    'M. Dupont est arrivé.| Il a dit : « Bonjour. »| Puis il est parti.| « Oui ! » dit-il.',
    'El Sr. García llegó.| ¿Cómo está?| ¡Bien!',
  ],
  Russian: ['А. С. Пушкин родился в Москве.| Он умер, т. е. погиб, в Петербурге.'],
  'Chinese and Japanese': [
    '今天天气很好。|我们去公园吧！|好吗？|好。',
    '他说：“你好。”|然后走了。',
    '「行く。」と言った。|彼は帰った。',
  ],
  'Arabic and Hindi': ['هل أنت بخير؟| نعم.| شكرا.', 'यह एक वाक्य है।| यह दूसरा है।'],
};

describe.each(Object.entries(TEXTS))('sentenceSpans: %s', (_, texts) => {
  it.each(texts)('%s', (text) => {
    expect(split(text.replaceAll('|', ''))).toEqual(text.split('|').map((sentence) => sentence.trim()));
  });
});

describe('sentenceSpans', () => {
  it('takes line breaks as blanks', () => {
    expect(split('  He met Dr.\nSmith. They\nleft.\n')).toEqual(['He met Dr.\nSmith.', 'They\nleft.']);
  });

  it.each(['', ' \n\t '])('finds none in %j', (text) => {
    expect(split(text)).toEqual([]);
  });

  it('gets through long runs of marks, quotes and blanks', () => {
    const runs = `${'.'.repeat(100_000)}x${'."'.repeat(100_000)}Y!${' '.repeat(100_000)}z`;
    expect(split(runs).map((sentence) => sentence.length)).toEqual([runs.length]);
  });
});
