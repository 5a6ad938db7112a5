/** A shorter one is a stand-in ("any word will do"), and its letters stand in many words. */
const SHORTEST_SECRET = 6;
/** Characters of a key in a row that are hidden anywhere. Fewer may be a word that the key happens to hold. */
const SHORTEST_PART = 8;
/** Characters of a key that are hidden beside a mask, where few words stand. */
const SHORTEST_SIDE = 4;
/** What stands for the rest of a key. */
const MASK = /[[(<]?(?:\.{2,}|…|[*•]+|x{3,})[\])>]?/gi;

/** A reply's words are left alone unless the key could be no word: it is as long as this, and a digit is in it. */
const SHORTEST_RANDOM_KEY = 12;

/** Providers repeat keys in their messages, whole or in part. */
export function redact(text: string, secrets: string[]): string {
  const known = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  // Masked keys go first: once one of its sides is gone, the other could not be told from a word.
  const unmasked = text.replace(/\S+/g, (word) => (isMaskedKey(word, known) ? '[key]' : word));
  return known
    .reduce(redactParts, unmasked)
    .replace(/\b(sk|pk|rk|key|gsk|xai|hf)[-_][\w*.-]{6,}/gi, '[key]')
    .replace(/\bBearer\s+\S+/gi, 'Bearer [key]');
}

/** `abcd...wxyz`, `abcd****wxyz`, `…wxyz` with some characters of a known key, or `***` with any. */
function isMaskedKey(word: string, secrets: readonly string[]): boolean {
  return [...word.matchAll(MASK)].some(({ 0: mask, index }) => {
    const end = index + mask.length;
    const sides = [word.slice(Math.max(0, index - SHORTEST_SIDE), index), word.slice(end, end + SHORTEST_SIDE)].filter(
      (side) => side.length === SHORTEST_SIDE,
    );
    return mask.includes('***') || sides.some((side) => secrets.some((secret) => secret.includes(side)));
  });
}

/** Hides every run of characters that stands in the secret, too, if it is too long for chance. */
function redactParts(text: string, secret: string): string {
  const size = Math.min(SHORTEST_PART, secret.length);
  const parts = new Set(Array.from({ length: secret.length - size + 1 }, (_, at) => secret.slice(at, at + size)));
  let shown = '';
  let hiddenTo = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (parts.has(text.slice(at, at + size))) {
      if (at >= hiddenTo) shown += '[key]';
      hiddenTo = at + size;
    }
    if (at >= hiddenTo) shown += text.charAt(at);
  }
  return shown;
}

/**
 * Hides a key that a provider repeats in an answer it gave. A whole answer has many words, of which some may look like
 * a masked key or stand in one such as `no-key-required`: these stay.
 */
export function hideKey(text: string, key: string): string {
  const isRandom = key.length >= SHORTEST_RANDOM_KEY && /\d/.test(key);
  return isRandom ? redactParts(text, key) : text;
}
