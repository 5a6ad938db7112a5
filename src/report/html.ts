/** HTML that is safe to write out. Only `html` and `raw` make it, so that a text never becomes markup unseen. */
export interface Html {
  readonly markup: string;
}

type Value = Html | string | number | false | undefined | readonly (Html | string | number)[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Not allowed in HTML, or able to turn the text around them: shown as what they are. */
const INVISIBLE = /\p{Cc}|\p{Surrogate}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const BLANKS = '\t\n\r';

/** Values are written as text, but for those that are HTML already. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return raw(parts.map((part, index) => part + (index < values.length ? markupOf(values[index]) : '')).join(''));
}

/** @param markup of our own, never of a text or a model */
export function raw(markup: string): Html {
  return { markup };
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll(INVISIBLE, (character) => (BLANKS.includes(character) ? character : codeOf(character)))
    .replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

/** `⟨U+202E⟩` */
function codeOf(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0').toUpperCase()}⟩`;
}

function markupOf(value: Value): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(markupOf).join('');
}
