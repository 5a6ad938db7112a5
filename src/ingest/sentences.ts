import {
  AFTER_CLOCK_TIME,
  BEFORE_LABEL,
  BEFORE_NUMBER,
  CLOCK_TIME,
  isGermanOrdinal,
  MAYBE_LAST,
  NAME_BEFORE_NUMBER,
  NEVER_LAST,
  OPENERS,
  UNITS,
} from './abbreviations.js';
import { UNSPACED } from './fold-blanks.js';

/** UTF-16 offsets, end exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** ASCII first, because a look into the class of all scripts takes long; the semicolon is the question mark of Greek. */
const TERMINATOR = String.raw`(?:[.!?]|(?![\0-\x7f])[\p{Sentence_Terminal}…\u037e]|;(?<=\p{Script=Greek}\p{M}?;))`;

/** Quotation marks, brackets and note numbers that close with a sentence. `“` opens in English and Chinese, and closes in German. */
const CLOSER =
  String.raw`(?:["'”’»«›‹)\]}」』】》〉）］*_]|“(?![\p{L}\p{N}])|[\u00a0\u202f ]»(?![\p{L}\p{N}])` +
  String.raw`|\[\d{1,3}\]|[¹²³⁰-⁹]|(?<=\p{L}\.)\d{1,2}(?=\s))`;

/**
 * Where a sentence may end: terminators, what closes with them, and the white space after that. Nothing in it can fail
 * after a long run, so it takes linear time on any text.
 */
const CANDIDATE = new RegExp(`(${TERMINATOR}+)(${CLOSER}*)(\\s*)`, 'gu');

/** How far to look for the words around a candidate, and for the brackets around it. */
const WORD_REACH = 40;
const BRACKET_REACH = 300;

/** A longer paragraph without any capital letter is more than one sentence, written so all through. */
const LONGEST_SMALL_SENTENCE = 200;

const OPENING_MARKS = /^["'“‘«„»([{¿¡*_–—-]*\s?/u;
const CLOSING_MARK = /^[\p{Sentence_Terminal},;:)\]}»…]/u;
const ENUMERATOR_AHEAD = /^\(?\p{L}\)\s/u;
/** `eBay`, `macOS` */
const LOWER_CASE_NAME = /^\p{Ll}+\p{Lu}/u;
/** Marks of scripts that need no blank after a sentence, such as Chinese and Hindi. */
const UNSPACED_MARK = /[^.!?…;\u037e]$/u;
const UNSPACED_START = new RegExp(`^${UNSPACED}`, 'u');
const CAPITAL = /\p{Lu}/u;
const STARTS_WITH_NUMBER = /^\p{N}/u;
/** Who said it, after a quotation: `「行く。」と言った。`, `“走吧。”她说。` */
const UNSPACED_ATTRIBUTION = /^(?:と|って|[^\p{P}]{1,4}[说說问問道喊][。，])/u;
const LEADS_IN = /[:•]$/;
const LIST_NUMBER = /^(?:\d{1,3}|\d{1,3}(?:\.\d{1,3})+|\p{L}|[ivxlc]{1,6})$/iu;
const INITIAL = /^(?:\p{Lu}|\p{Script=Arabic})$/u;
const ACRONYM = /^(?:\p{L}{1,2}\.)+\p{L}{1,2}$/u;
/** `I` alone is the pronoun more often than the number. */
const NUMBER_OR_ROMAN = /^(?:\d|(?!I(?!\p{L}))[IVXLC]+(?![\p{L}'’]))/u;
/** `z. B.`, `J. R. R.`: letters that belong together. */
const LETTER_AHEAD = /^\p{L}\.(?:\s|$)/u;
const SINGLE_LETTER = /^\p{L}$/u;
/** `n. 5`, `г. Туле`, `v. Jones` */
const SINGLE_SMALL_CONSONANT = /^(?![aeiouyаеиоуыэюя])\p{Ll}$/u;
/** `kl. 9`, `blz. 4`, `Nr. 2`: only an abbreviation has no vowel. */
const WITHOUT_VOWELS = /^[bcdfghjklmnpqrstvwxz]{2,4}$/;
const ENDS_IN_NUMBER = /\d$/;
/** `(Holm 1901).` after a quotation */
const CITATION_AHEAD = /^\([^()]{1,36}\)[.,;]/;
const OPENS_BRACKET = /(?:\s\(|（)[^()（）]*$/u;
const CLOSES_BRACKET = /^[^()（）]*[)）]/u;
/** Quotation marks and brackets do not close with an abbreviation; emphasis and note numbers may. */
const MAY_FOLLOW_ABBREVIATION = /^(?:[*_]*|\d+)$/;

/** A candidate with what stands around it. */
interface Candidate {
  marks: string;
  closers: string;
  /** The words of the sentence up to the mark, the nearest last; empty for the first word of a sentence. */
  last: string;
  beforeLast: string;
  /** What follows, from the next sentence's first character on. */
  ahead: string;
  /** The first word of it, without quotation marks. */
  next: string;
}

/**
 * The sentences of one paragraph, in order and without the white space around them; line breaks count as blanks.
 * Every other character is in exactly one sentence.
 */
export function* sentenceSpans(paragraph: string): Generator<Span> {
  const end = paragraph.trimEnd().length;
  let start = paragraph.length - paragraph.trimStart().length;
  const isAllSmall = paragraph.length > LONGEST_SMALL_SENTENCE && !CAPITAL.test(paragraph);
  for (const match of paragraph.matchAll(CANDIDATE)) {
    const [, marks = '', closers = '', gap = ''] = match;
    const next = match.index + match[0].length;
    if (next >= end) break;
    if (gap === '' && !endsWithoutGap(marks, paragraph.slice(next, next + 2))) continue;
    if (!isBorder({ marks, closers, ...around(paragraph, start, match.index, next) }, isAllSmall)) continue;
    if (isInsideBrackets(paragraph, start, match.index, next)) continue;
    yield { start, end: next - gap.length };
    start = next;
  }
  if (start < end) yield { start, end };
}

/** By a mark of their own, or by the script of what follows `!` and `?`. */
function endsWithoutGap(marks: string, ahead: string): boolean {
  if (UNSPACED_MARK.test(marks)) return !(marks.endsWith('．') && STARTS_WITH_NUMBER.test(ahead));
  return /[!?]$/.test(marks) && UNSPACED_START.test(ahead);
}

function around(text: string, start: number, mark: number, nextStart: number) {
  const before = text.slice(Math.max(start, mark - WORD_REACH), mark).split(/[\s([{"“„«]+/u);
  const ahead = text.slice(nextStart, nextStart + WORD_REACH);
  const next = /^[\p{L}\p{N}'’-]*/u.exec(ahead.replace(OPENING_MARKS, ''))?.[0] ?? '';
  return { last: (before.at(-1) ?? '').replace(/^[*_'‘]+/, ''), beforeLast: before.at(-2) ?? '', ahead, next };
}

/** A sentence in brackets that stand inside another one belongs to that one. */
function isInsideBrackets(text: string, start: number, mark: number, next: number): boolean {
  return (
    OPENS_BRACKET.test(text.slice(Math.max(start, mark - BRACKET_REACH), mark)) &&
    CLOSES_BRACKET.test(text.slice(next, next + BRACKET_REACH))
  );
}

function isBorder(candidate: Candidate, isAllSmall: boolean): boolean {
  const { marks, closers, ahead, next } = candidate;
  if (UNSPACED_MARK.test(marks))
    return !CLOSING_MARK.test(ahead) && !(closers !== '' && UNSPACED_ATTRIBUTION.test(ahead));
  if (CLOSING_MARK.test(ahead) || isListNumber(candidate)) return false;
  if (/^\p{Ll}/u.test(next) && !LOWER_CASE_NAME.test(next))
    return ENUMERATOR_AHEAD.test(ahead) || (isAllSmall && closers === '' && endsSmallSentence(candidate));
  if (closers !== '' && CITATION_AHEAD.test(ahead)) return false;
  if (marks !== '.' || !MAY_FOLLOW_ABBREVIATION.test(closers)) return true;
  return endsAtFullStop(candidate);
}

/** In a text without capitals a small letter ahead tells nothing. */
function endsSmallSentence(candidate: Candidate): boolean {
  if (candidate.marks === '.') return endsAtFullStop(candidate);
  return /^[!?]+$/.test(candidate.marks);
}

/** `1. Wash the frames.`, at a sentence's start or after a colon. */
function isListNumber({ marks, closers, last, beforeLast }: Candidate): boolean {
  if (marks !== '.' || !/^[)*_]*$/.test(closers)) return false;
  return LIST_NUMBER.test(last) && (beforeLast === '' || LEADS_IN.test(beforeLast));
}

/** A single full stop, with something after it that may begin a sentence. */
function endsAtFullStop(candidate: Candidate): boolean {
  const { last, beforeLast, ahead, next } = candidate;
  const word = last.toLowerCase();
  if (NEVER_LAST.has(word) || (SINGLE_LETTER.test(last) && LETTER_AHEAD.test(ahead))) return false;
  if (takesNumber(candidate)) return false;
  if (CLOCK_TIME.has(word)) return !AFTER_CLOCK_TIME.test(next);
  if (INITIAL.test(last) && !BEFORE_LABEL.has(beforeLast.toLowerCase())) return opensSentence(next);
  if (isSeldomLast(last) && !isUnit(candidate)) return opensSentence(next);
  return !(/^\d{1,2}$/.test(last) && isGermanOrdinal(beforeLast, next));
}

/** `No. 5`, `kl. 9`, `Sat. 13 May` */
function takesNumber({ last, beforeLast, closers, next }: Candidate): boolean {
  if (!NUMBER_OR_ROMAN.test(next) && !ENDS_IN_NUMBER.test(closers)) return false;
  if (BEFORE_NUMBER.has(last.toLowerCase()) || (CAPITAL.test(last) && NAME_BEFORE_NUMBER.has(last.toLowerCase())))
    return true;
  return WITHOUT_VOWELS.test(last) && !ENDS_IN_NUMBER.test(beforeLast);
}

function isSeldomLast(last: string): boolean {
  return MAYBE_LAST.has(last.toLowerCase()) || ACRONYM.test(last) || SINGLE_SMALL_CONSONANT.test(last);
}

/** `75 kg.`, `1890 г.`: the sentence may end there. */
function isUnit({ last, beforeLast }: Candidate): boolean {
  return ENDS_IN_NUMBER.test(beforeLast) && (UNITS.has(last) || SINGLE_SMALL_CONSONANT.test(last));
}

function opensSentence(next: string): boolean {
  return OPENERS.has(next.toLowerCase());
}
