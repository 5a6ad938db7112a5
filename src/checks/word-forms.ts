import { areEqualWords } from './equal-words.js';

/** Two forms of one word (`damage`, `damaged`) share at least this many letters at the start ... */
const STEM_LETTERS = 4;
/** ... and differ in at most this many at the end. */
const ENDING_LETTERS = 3;
/** A Korean letter is a syllable: two of them make a stem, and a particle has at most two. */
const KOREAN_STEM = 2;

/** A shorter stem has only the endings of everyday verbs and nouns: `oil`, `oiled`; `löst`, `lösen`. */
const SHORT_STEM = 3;
const SHORT_ENDING = /^(?:e?s|e?d|e?st|e?ten?|e?t|e[nrm]?|n|\p{L}?(?:ed|ing)|')?$/u;

/** `geprüft`, `prüfen`; `zugefüttert`, `zufüttern`. */
const GERMAN_PARTICIPLE =
  /^(ab|an|auf|aus|bei|ein|fest|her|hin|los|mit|nach|um|vor|weg|zu|zurück|zusammen)?(?:ge|zu)(?=\p{L}{3,}(?:t|en)$)/u;

/** `and`, `so` and the article are written together with the word. */
const ARABIC_PREFIX = /^[وف]?(?:ال|لل|بال)?(?=[\p{Script=Arabic}]{2})/u;

const FIRST_ARABIC_LETTER = '\u0600';

/** Whether two words in lower case are forms of one (`damage`, `damaged`) or stand for one another. */
export function sameWord(left: string, right: string): boolean {
  return left === right || areEqualWords(left, right) || isFormOf(left, right);
}

/** Whether two different words in lower case are forms of one. Asked for all words of a text, most of which begin otherwise. */
export function isFormOf(left: string, right: string): boolean {
  if (left[0] !== right[0] && !hasPrefix(left) && !hasPrefix(right)) return false;
  if (/^\p{Script=Hangul}+$/u.test(left)) return sharesStem(left, right, KOREAN_STEM, KOREAN_STEM);
  if (/^\p{Script=Arabic}/u.test(left)) return sameArabicWord(left, right);
  return (
    haveShortEndings(left, right) ||
    isInflected(left, right) ||
    isInflected(left.replace(GERMAN_PARTICIPLE, '$1'), right.replace(GERMAN_PARTICIPLE, '$1'))
  );
}

/** Only words with a prefix may have forms that begin with another letter. */
function hasPrefix(word: string): boolean {
  return word.startsWith('ge') || (word >= FIRST_ARABIC_LETTER && /^\p{Script=Arabic}/u.test(word));
}

function sameArabicWord(left: string, right: string): boolean {
  const [bare, other] = [left.replace(ARABIC_PREFIX, ''), right.replace(ARABIC_PREFIX, '')];
  return bare === other || sharesStem(bare, other, STEM_LETTERS, ENDING_LETTERS);
}

function haveShortEndings(left: string, right: string): boolean {
  return (
    sharedStart(left, right) === SHORT_STEM && [left, right].every((word) => SHORT_ENDING.test(word.slice(SHORT_STEM)))
  );
}

/** Endings as long as each other and as endings get make other words of a stem: `sulfate`, `sulfite`. */
function isInflected(left: string, right: string): boolean {
  const shared = sharedStart(left, right);
  const fullEndings = left.length === right.length && left.length - shared === ENDING_LETTERS;
  return !fullEndings && sharesStem(left, right, STEM_LETTERS, ENDING_LETTERS);
}

function sharesStem(left: string, right: string, stem: number, ending: number): boolean {
  const shared = sharedStart(left, right);
  return shared >= stem && Math.max(left.length, right.length) - shared <= ending;
}

function sharedStart(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  return at;
}
