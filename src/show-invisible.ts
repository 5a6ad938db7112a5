/** Line breaks and tabs stay; a carriage return would let one line be written over another. */
const STAYS = '\n\t';

/** What a screen or a page does not show but obeys: it moves, colours or turns round the text around it. */
const INVISIBLE = /\p{Cc}|\p{Surrogate}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Such characters as their codes, `⟨U+202E⟩`: what texts, models and providers say is data, and steers nothing. */
export function showInvisible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(INVISIBLE, (character) => (STAYS.includes(character) ? character : codeOf(character)));
}

function codeOf(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0').toUpperCase()}⟩`;
}
