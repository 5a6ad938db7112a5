import { indent, wrapText } from '../src/wrap-text.js';

it.each([
  ['what fits stays as it is', 'salt and tar', 12, ['salt and tar']],
  ['what does not is broken at blanks', 'salt and tar in a shed', 12, ['salt and tar', 'in a shed']],
  ['a word that is too long stays whole', 'see /srv/books/salt-works now', 8, ['see', '/srv/books/salt-works', 'now']],
  ['lines of its own stay apart', 'one\ntwo three', 20, ['one', 'two three']],
  ['nothing is one empty line', '', 20, ['']],
])('%s', (_name, text, width, lines) => {
  expect(wrapText(text, width)).toEqual(lines);
});

it('indents lines, but for empty ones', () => {
  expect(indent(['a', '', '  b'], 4)).toEqual(['    a', '', '      b']);
});
