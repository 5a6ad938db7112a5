import { fillParts, partNames, withoutFigures } from './parts.js';

const page = (shown: string) => `# Page\n\n<!-- shown: run -->\n${shown}<!-- end of shown -->\n\nEnd.\n`;
const filled = (part: string) => page(`\n${part}\n\n`);
const fence = (text: string) => `\`\`\`\n${text}\n\`\`\``;

it('names the parts of a page', () => {
  expect(partNames(page(''))).toEqual(['run']);
});

it.each([
  ['an empty part is filled', page(''), fence('Done after 4 s'), filled(fence('Done after 4 s'))],
  ['other words are put in', filled(fence('Over')), fence('Done'), filled(fence('Done'))],
  [
    'other figures are not',
    filled(fence('Done after 4 s')),
    fence('Done after 71 ms'),
    filled(fence('Done after 4 s')),
  ],
  ['rows are exact', filled('```json\n{"n":1}\n```'), '```json\n{"n":2}\n```', filled('```json\n{"n":2}\n```')],
])('%s', (_name, found, part, expected) => {
  expect(fillParts(found, new Map([['run', part]]))).toBe(expected);
});

it('refuses a name under which nothing is shown', () => {
  expect(() => fillParts(page(''), new Map())).toThrow('nothing is shown under the name run');
});

it.each([
  ['3 of 4', '13 of 1,400', true],
  ['after 59 s', 'after 1 min 2 s', true],
  ['pairs      9', 'pairs 12', true],
  ['842 tokens in (660 cached), 3 out', '842 tokens in, 3 out', true],
  ['9 chunks', '9 pairs', false],
])('%s is as good as %s: %s', (one, other, isSame) => {
  expect(withoutFigures(one) === withoutFigures(other)).toBe(isSame);
});
