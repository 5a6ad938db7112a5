import { page, plainLine, table } from '../../src/workflows/markdown.js';

it.each([
  ['a text without anything special', 'A lock has two pairs of gates.', 'A lock has two pairs of gates.'],
  ['what is markup in Markdown', '**a** [b](c) `d` # e | f', '\\*\\*a\\*\\* \\[b\\]\\(c\\) \\`d\\` \\# e \\| f'],
  ['what is markup in HTML', '<img src=x> &amp;', '\\<img src=x\\> \\&amp;'],
  ['the first of several lines', '  one\ntwo', 'one'],
  ['nothing', '', ''],
])('shows %s as it is', (_what, text, shown) => {
  expect(plainLine(text)).toBe(shown);
});

it('cuts a long line, never within a character', () => {
  expect(plainLine('x'.repeat(500))).toBe(`${'x'.repeat(159)}…`);
  expect(plainLine('😀'.repeat(200))).not.toMatch(/\p{Surrogate}/u);
});

it('makes a table', () => {
  expect(table(['', 'in'], [['chunks', 3]])).toBe('|  | in |\n| --- | --- |\n| chunks | 3 |');
});

it('leaves out paragraphs that are empty', () => {
  expect(page('a', '', false, undefined, 'b')).toBe('a\n\nb');
});
