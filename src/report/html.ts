import { showInvisible } from '../show-invisible.js';

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

/** Values are written as text, but for those that are HTML already. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return raw(parts.map((part, index) => part + (index < values.length ? markupOf(values[index]) : '')).join(''));
}

/** @param markup of our own, never of a text or a model */
export function raw(markup: string): Html {
  return { markup };
}

export function escapeHtml(text: string): string {
  return showInvisible(text).replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

function markupOf(value: Value): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(markupOf).join('');
}
