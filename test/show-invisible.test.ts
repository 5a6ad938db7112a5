import { showInvisible } from '../src/show-invisible.js';

it.each([
  ['what is seen', 'naïve “quotes”, 漢字, 😀 and שלום', 'naïve “quotes”, 漢字, 😀 and שלום'],
  ['line breaks and tabs', 'two\nlines\tand a tab', 'two\nlines\tand a tab'],
  ['line ends of other systems', 'two\r\nlines', 'two\nlines'],
])('leaves %s', (_what, text, shown) => {
  expect(showInvisible(text)).toBe(shown);
});

it.each([
  ['codes for a terminal', '\u001b[2J\u009b31m', '⟨U+001B⟩[2J⟨U+009B⟩31m'],
  ['what would write over the line', 'true\rfalse\b', 'true⟨U+000D⟩false⟨U+0008⟩'],
  ['NUL', 'a\u0000b', 'a⟨U+0000⟩b'],
  ['what turns text round', '\u202eright to left\u202c', '⟨U+202E⟩right to left⟨U+202C⟩'],
  ['half a character', 'half a \ud83d character', 'half a ⟨U+D83D⟩ character'],
])('shows %s as their codes', (_what, text, shown) => {
  expect(showInvisible(text)).toBe(shown);
});
