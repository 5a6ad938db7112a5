import { escapeHtml, html, raw } from '../../src/report/html.js';

it.each([
  ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  [`" onload='x'`, '&quot; onload=&#39;x&#39;'],
  ['a & b &amp; c', 'a &amp; b &amp;amp; c'],
  ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
  ['a\u0000b\u001b[31m', 'a⟨U+0000⟩b⟨U+001B⟩[31m'],
  ['\u202eright to left\u202c', '⟨U+202E⟩right to left⟨U+202C⟩'],
  ['half a \ud83d character', 'half a ⟨U+D83D⟩ character'],
  ['a whole 😀 one, naïve “quotes”, 漢字', 'a whole 😀 one, naïve “quotes”, 漢字'],
])('writes %j as text', (text, shown) => {
  expect(escapeHtml(text)).toBe(shown);
});

it('writes values as text, HTML as it is, lists one after the other, and nothing for what is not there', () => {
  const items = ['<i>', '&'].map((item) => html`<li>${item}</li>`);
  const list = html`<ul class="${'"x'}">${items}${false}${undefined}${3}${raw('<hr>')}</ul>`;
  expect(list.markup).toBe('<ul class="&quot;x"><li>&lt;i&gt;</li><li>&amp;</li>3<hr></ul>');
});
