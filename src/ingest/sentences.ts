import {
  AFTER_CLOCK_TIME,
  BEFORE_LABEL,
  BEFORE_NUMBER,
  CLOCK_TIME,
  isGermanOrdinal,
  MAYBE_LAST,
  NEVER_LAST,
  OPENERS,
} from './abbreviations.js';
import { UNSPACED } from './fold-blanks.js';

/** UTF-16 offsets, end exclusive. */
export interface Span {
  start: number;
  end: number;
}

/**
 * Where a sentence may end: terminators of any script; the quotation marks, brackets and note numbers that close with it;
 * the white space after it. Nothing in it can fail after a long run, so it takes linear time on any text.
 */
const CANDIDATE = new RegExp(
  String.raw`([\p{Sentence_Terminal}…]+)` +
    String.raw`((?:["'”’»«›‹“)\]}」』】》〉）］*_]|[\u00a0\u202f ]»(?![\p{L}\p{N}])|\[\d{1,3}\]|[¹²³⁰-⁹])*)` +
    String.raw`(\s*)`,
  'gu',
);

/** How far to look for the word before and after a candidate. */
const WORD_REACH = 40;

const OPENING_MARKS = /^["'“‘«„»([{¿¡*_–—-]*\s?/u;
const CLOSING_MARK = /^[\p{Sentence_Terminal},;:)\]}»…]/u;
const ENUMERATOR_AHEAD = /^\(?\p{L}\)\s/u;
const LOWER_CASE_NAME = /^\p{Ll}\p{Lu}/u;
const UNSPACED_MARK = /[。！？｡．]$/u;
const UNSPACED_START = new RegExp(`^${UNSPACED}`, 'u');
const JAPANESE_QUOTATIVE = /^(?:と|って)/u;
const LIST_NUMBER = /^(?:\d{1,3}|\d{1,3}(?:\.\d{1,3})+|\p{L}|[ivxlc]{1,6})$/iu;
const INITIAL = /^(?:\p{Lu}|\p{Script=Arabic})$/u;
const ACRONYM = /^(?:\p{L}\.)+\p{L}$/u;
/** `I` alone is the pronoun more often than the number. */
const NUMBER_OR_ROMAN = /^(?:\d|(?!I(?!\p{L}))[IVXLC]+(?![\p{L}'’]))/u;
/** `z. B.`, `J. R. R.`: letters that belong together. */
const LETTER_AHEAD = /^\p{L}\.(?:\s|$)/u;
const SINGLE_LETTER = /^\p{L}$/u;
const EMPHASIS_ONLY = /^[*_]*$/;

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
  for (const match of paragraph.matchAll(CANDIDATE)) {
    const [, marks = '', closers = '', gap = ''] = match;
    const next = match.index + match[0].length;
    if (next >= end) break;
    if (gap === '' && !endsWithoutGap(marks, paragraph.slice(next, next + 2))) continue;
    if (!isBorder({ marks, closers, ...around(paragraph, start, match.index, next) })) continue;
    yield { start, end: next - gap.length };
    start = next;
  }
  if (start < end) yield { start, end };
}

/** By its own mark in Chinese and Japanese, or by their script after `!` and `?`. */
function endsWithoutGap(marks: string, ahead: string): boolean {
  return UNSPACED_MARK.test(marks) || (!marks.endsWith('.') && UNSPACED_START.test(ahead));
}

function around(text: string, start: number, mark: number, nextStart: number) {
  const before = text.slice(Math.max(start, mark - WORD_REACH), mark).split(/[\s([{"“„«]+/u);
  const ahead = text.slice(nextStart, nextStart + WORD_REACH);
  const next = /^[\p{L}\p{N}'’-]*/u.exec(ahead.replace(OPENING_MARKS, ''))?.[0] ?? '';
  return { last: (before.at(-1) ?? '').replace(/^[*_'‘]+/, ''), beforeLast: before.at(-2) ?? '', ahead, next };
}

function isBorder(candidate: Candidate): boolean {
  const { marks, closers, ahead, next } = candidate;
  if (UNSPACED_MARK.test(marks))
    return !CLOSING_MARK.test(ahead) && !(closers !== '' && JAPANESE_QUOTATIVE.test(ahead));
  if (CLOSING_MARK.test(ahead)) return false;
  if (/^\p{Ll}/u.test(next) && !LOWER_CASE_NAME.test(next)) return ENUMERATOR_AHEAD.test(ahead);
  if (marks !== '.' || !EMPHASIS_ONLY.test(closers)) return true;
  return endsAtFullStop(candidate);
}

/** A single full stop, with something after it that may begin a sentence. */
function endsAtFullStop({ last, beforeLast, ahead, next }: Candidate): boolean {
  const word = last.toLowerCase();
  if (beforeLast === '' && LIST_NUMBER.test(last)) return false;
  if (NEVER_LAST.has(word) || (SINGLE_LETTER.test(last) && LETTER_AHEAD.test(ahead))) return false;
  if (BEFORE_NUMBER.has(word) && NUMBER_OR_ROMAN.test(next)) return false;
  if (CLOCK_TIME.has(word)) return !AFTER_CLOCK_TIME.test(next);
  if (INITIAL.test(last) && !BEFORE_LABEL.has(beforeLast.toLowerCase())) return opensSentence(next);
  if (MAYBE_LAST.has(word) || ACRONYM.test(last)) return opensSentence(next);
  return !(/^\d{1,2}$/.test(last) && isGermanOrdinal(beforeLast, next));
}

function opensSentence(next: string): boolean {
  return OPENERS.has(next.toLowerCase());
}
