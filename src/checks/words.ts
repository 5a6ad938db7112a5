import { RecentMap } from '../recent.js';
import { areEqualWords } from './equal-words.js';
import { STOP_WORDS } from './stop-words.js';
import { isFormOf } from './word-forms.js';

export interface Word {
  /** As it stands in the text. */
  written: string;
  /** NFKC, lower case, without `'s` and `l'`: the form that is compared. */
  plain: string;
  /** Begins a sentence, so that its capital letter tells nothing. */
  opens: boolean;
}

/** A text as the rules look at it. */
export interface Reading {
  text: string;
  words: Word[];
  /** NFKC, lower case, letters and digits only: for scripts that write no spaces between words. */
  joined: string;
}

const SPACELESS =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+$/u;

/** `減る`, `減ります`: what is written in kanji is the stem. */
const KANJI_STEM = /^(\p{Script=Han}+)\p{Script=Hiragana}+$/u;

/** Signs that are read as words: `6 %`, `£75`. */
const SIGN = /^[%‰\p{Sc}]$/u;

/** Enough characters before a word to see the end of the last sentence through quotes and brackets. */
const LOOK_BACK = 40;

/** A chunk's pairs are read for each of its conversations, and their sentences by several rules. */
const READINGS_KEPT = 1_000;
/** Most of a language's everyday words. */
const WORDS_KEPT = 10_000;

const segmenters = new Map<string, Intl.Segmenter>();
const readings = new RecentMap<string, Reading>(READINGS_KEPT);
const lightness = new RecentMap<string, boolean>(WORDS_KEPT);
/** How often each word stands in a text, by the text's words. */
const counts = new WeakMap<readonly Word[], Map<string, number>>();

/** Reads a text into words, in any language. */
export function read(text: string): Reading {
  const known = readings.get(text);
  if (known !== undefined) return known;
  const reading = readAnew(text);
  readings.set(text, reading);
  return reading;
}

function readAnew(text: string): Reading {
  const segments = [...segmenterFor('word').segment(text)].filter(
    ({ segment, isWordLike }) => isWordLike || SIGN.test(segment),
  );
  const words = segments.map(({ segment, index }) => ({
    written: segment,
    plain: plainWord(segment),
    opens: opensSentence(text.slice(Math.max(0, index - LOOK_BACK), index)),
  }));
  return { text, words, joined: joinedLetters(text) };
}

/** As if the texts stood below one another and were read as one; reading is dear, so what was read is not read again. */
export function joinReadings(parts: Reading[]): Reading {
  return {
    text: parts.map(({ text }) => text).join('\n'),
    words: parts.flatMap(({ words }) => words),
    joined: parts.map(({ joined }) => joined).join(''),
  };
}

export function sentencesOf(text: string): string[] {
  return [...segmenterFor('sentence').segment(text)].map(({ segment }) => segment.trim()).filter((s) => s !== '');
}

/** The distinct words that carry the meaning; all words where there is no such word ("It is."). Numbers left out. */
export function contentWords(reading: Reading): Word[] {
  const words = distinct(reading.words.filter(({ plain }) => !/\p{N}/u.test(plain)));
  const heavy = words.filter(({ plain }) => !isLight(plain));
  return heavy.length > 0 ? heavy : words;
}

/** Whether `reading` holds the word in this or another form of it. */
export function carries(reading: Reading, word: Word): boolean {
  return countsIn(reading).has(word.plain) || timesIn(reading, word) > 0;
}

/** How often `reading` has the word in this or another form of it. */
export function timesIn(reading: Reading, word: Word): number {
  if (SPACELESS.test(word.plain)) return reading.joined.split(word.plain.replace(KANJI_STEM, '$1')).length - 1;
  let times = 0;
  for (const [said, count] of countsIn(reading)) if (isSameWord(said, word.plain)) times += count;
  return times;
}

function countsIn({ words }: Reading): Map<string, number> {
  const known = counts.get(words);
  if (known !== undefined) return known;
  const counted = new Map<string, number>();
  for (const { plain } of words) counted.set(plain, (counted.get(plain) ?? 0) + 1);
  counts.set(words, counted);
  return counted;
}

/** A small word is no form of a telling one: `der`, `deren`. */
function isSameWord(said: string, wanted: string): boolean {
  return said === wanted || areEqualWords(said, wanted) || (isFormOf(said, wanted) && !isLight(said));
}

/** The share of `words` that `reading` holds, 0 to 1; 1 where there are none. */
export function overlap(words: Word[], reading: Reading): number {
  if (words.length === 0) return 1;
  return words.filter((word) => carries(reading, word)).length / words.length;
}

/** Those of `words` that `reading` does not hold. */
export function missing(words: Word[], reading: Reading): Word[] {
  return words.filter((word) => !carries(reading, word));
}

export function joinedLetters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

/** Words of grammar; in Japanese, whatever is written in hiragana alone. */
export function isLight(plain: string): boolean {
  const known = lightness.get(plain);
  if (known !== undefined) return known;
  const light = STOP_WORDS.has(plain) || /^\p{Script=Hiragana}+$/u.test(plain);
  lightness.set(plain, light);
  return light;
}

function segmenterFor(granularity: 'word' | 'sentence'): Intl.Segmenter {
  const segmenter = segmenters.get(granularity) ?? new Intl.Segmenter('en', { granularity });
  segmenters.set(granularity, segmenter);
  return segmenter;
}

function plainWord(written: string): string {
  return written
    .normalize('NFKC')
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/'s$/, '')
    .replace(/(?<=\p{L}{2})tre(?=s?$)/u, 'ter')
    .replace(/^(?:[cdjlmnst]|qu|dell|nell|sull|dall|all|un)'(?=\p{L}{2})/u, '');
}

/** A full stop after at most three letters with a capital (`Dr.`, `St.`, `J.`) ends no sentence. */
function opensSentence(before: string): boolean {
  const bare = before.replace(/[ \t"'“”„«»‘’(*_[]+$/u, '');
  if (bare === '' || bare.endsWith('\n') || /(?:^|\n)[ \t]*(?:[-•>]|\d+[.)])$/u.test(bare)) return true;
  return /[.!?…:|。！？¿¡]$/u.test(bare) && !/(?:^|[\s(])\p{Lu}\p{L}{0,2}\.$/u.test(bare);
}

function distinct(words: Word[]): Word[] {
  const seen = new Map(words.toReversed().map((word) => [word.plain, word]));
  return [...seen.values()].toReversed();
}
