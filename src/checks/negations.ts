/** Words that make a statement say the opposite, in the languages people bring most often. */
const NEGATIONS: ReadonlySet<string> = new Set(
  [
    'not no never none nor neither cannot nobody nothing without',
    'nicht kein keine keinen keinem keiner keines nie niemals niemand nichts weder ohne',
    'ne pas jamais aucun aucune rien ni sans',
    'nunca jamás ningún ninguna nada nadie tampoco sin',
    'non mai nessun nessuna nessuno niente senza',
    'não nenhum nenhuma ninguém sem',
    'niet geen nooit niemand zonder nie bez nigdy inte aldrig değil ei eivät',
    'не нет нельзя никогда никто ничто ничего ни без',
    'δεν μην ποτέ χωρίς لا لم لن ليس ليست بدون नहीं न बिना',
  ].flatMap((line) => line.split(' ')),
);

/** Negations of scripts in which they stand inside longer words. */
const INNER = /[不没沒未無않못없]|ません|ない|なかった/gu;

/** Set phrases whose negation denies nothing. */
const EMPTY =
  /(?<!\p{L})(?:no (?:doubt|wonder|problem|worries)|not (?:only|just|merely)(?! (?:because|if|when|since))|why not|nicht nur|no s[oó]lo|non solo|não só|pas seulement|niet alleen|не только)(?!\p{L})|不[仅僅但错錯过過同久断斷少妨止只光管论論]|未[来來]/giu;

const NO = 'no nope nay nein non não nee нет nej hayır ei いいえ 아니요 لا नहीं'.split(' ');
const YES = 'yes yeah yep aye ja jawohl oui si sí sì sim da да evet joo kyllä はい 是的 네 예 نعم हाँ'.split(' ');

/** `No,` and `Nein!` are replies, not negations. */
const REPLY = replyPattern(NO);
const AFFIRMATION = replyPattern(YES);

/** How many negations a text holds: `isn't it not` has two. */
export function countNegations(text: string): number {
  const plain = withoutIdleNegations(text.normalize('NFKC').toLowerCase().replace(/’/g, "'"));
  const words = plain.match(/[\p{L}\p{M}]+(?:'t(?!\p{L}))?/gu) ?? [];
  return words.filter((word) => isNegation(word)).length + countInnerNegations(plain);
}

/** Negations of scripts in which they stand inside longer words. */
export function countInnerNegations(text: string): number {
  return (withoutIdleNegations(text).match(INNER) ?? []).length;
}

/** A text without the negations that deny nothing: `not only`, `No, ...`. */
export function withoutIdleNegations(text: string): string {
  return text.replace(EMPTY, ' ').replace(REPLY, ' ');
}

/** Whether a word in lower case, with straight apostrophes, denies by itself. */
export function isNegation(word: string): boolean {
  return NEGATIONS.has(word) || word.endsWith("n't");
}

/** Whether a text replies with a Yes or a No, or with neither; undefined also where it holds both. */
export function replyOf(text: string): 'yes' | 'no' | undefined {
  const [no, yes] = [text.search(REPLY) >= 0, text.search(AFFIRMATION) >= 0];
  if (no === yes) return undefined;
  return no ? 'no' : 'yes';
}

/** Whether a word in lower case may stand for a whole reply to a question. */
export function isReply(word: string): boolean {
  return YES.includes(word) || NO.includes(word);
}

/** Such a word at the start of a sentence, with a mark behind it. */
function replyPattern(words: string[]): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{M}])(?:${words.join('|')})(?=[,.!;:，。！、—–-]|$)`, 'giu');
}
