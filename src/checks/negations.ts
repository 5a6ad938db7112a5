/** Words that make a statement say the opposite, in the languages people bring most often. */
const NEGATIONS: ReadonlySet<string> = new Set(
  [
    'not no never none nor neither cannot nobody nothing without',
    'nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne',
    'ne pas jamais aucun aucune rien sans',
    'nunca jamás ningún ninguna nada nadie sin',
    'non mai nessun nessuna nessuno niente senza',
    'não nenhum nenhuma ninguém sem',
    'niet geen nooit niemand zonder nie bez nigdy inte aldrig değil',
    'не нет никогда никто ничего без',
    'δεν μην ποτέ χωρίς لا لم لن ليس ليست بدون नहीं न बिना',
  ].flatMap((line) => line.split(' ')),
);

/** Negations of scripts in which they stand inside longer words. */
const INNER = /[不没沒未無않못없]|ません|ない|なかった/gu;

/** Set phrases whose negation denies nothing. */
const EMPTY =
  /(?<!\p{L})(?:no (?:doubt|wonder|problem|worries)|not (?:only|just|merely)|why not|nicht nur|no s[oó]lo|non solo|não só|pas seulement|niet alleen|не только)(?!\p{L})|不[仅僅但错錯过過同久断斷少妨止只光管论論]|未[来來]/giu;

/** `No,` and `Nein!` are replies, not negations. */
const REPLY = /(?<!\p{L})(?:no|nein|non|não|nee|нет|nej)(?=[,.!;:—–-]|$)/giu;

/** How many negations a text holds: `isn't it not` has two. */
export function countNegations(text: string): number {
  const plain = text.normalize('NFKC').toLowerCase().replace(/’/g, "'").replace(EMPTY, ' ').replace(REPLY, ' ');
  const words = plain.match(/[\p{L}\p{M}]+(?:'t(?!\p{L}))?/gu) ?? [];
  const spoken = words.filter((word) => NEGATIONS.has(word) || word.endsWith("n't"));
  return spoken.length + (plain.match(INNER) ?? []).length;
}
