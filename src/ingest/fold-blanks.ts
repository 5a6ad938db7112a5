/** Scripts written without spaces between words: a line break inside their sentences stands for nothing. */
export const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]`;

const UNSPACED_ENDS = new RegExp(`^${UNSPACED}{2}$`, 'u');
const HYPHEN_AND_LETTER = /^-\p{Ll}$/u;

/** Any run of white space but a single space. */
const GAP = /\s{2,}|[^\S ]/g;

/** Every run of white space becomes one space; a line break after a hyphen or inside Chinese or Japanese becomes nothing. */
export function foldBlanks(text: string): string {
  return text.replace(GAP, (gap: string, at: number) => foldGap(text, at, at + gap.length));
}

/** As `foldBlanks`, but a wide gap stays two spaces wide: in a table it parts the columns. */
export function foldColumns(row: string): string {
  return row.replace(GAP, (gap) => (gap.length > 2 || gap.includes('\t') ? '  ' : ' '));
}

/** What the white space from `start` to `end` of the text folds to; nothing where there is none. */
export function foldGap(text: string, start: number, end: number): string {
  if (start === end) return '';
  if (!text.slice(start, end).includes('\n')) return ' ';
  const ends = text.slice(start - 1, start) + String.fromCodePoint(text.codePointAt(end) ?? 0);
  return UNSPACED_ENDS.test(ends) || HYPHEN_AND_LETTER.test(ends) ? '' : ' ';
}
