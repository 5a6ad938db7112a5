import type { Pair, Revision } from '../../records.js';
import type { Parsed } from '../step.js';
import { unusable, usable } from '../step.js';
import { cutText } from './clean.js';
import { isQuestionLine } from './pair-labels.js';
import { readPairs } from './pairs.js';
import type { PhraseReader } from './phrase.js';
import { findVerdict, REASON_LENGTH } from './verdict.js';

const FORM =
  'Write short notes; for a rewording the new pair as "Question: ..." and "Answer: ..."; then one last line: ' +
  '"Verdict: PASS", "Verdict: REWORD" or "Verdict: FAIL".';

type Word = Revision['verdict'];

/** Reads what the revision made of a pair. A rewording needs its new pair, and it must differ from the old one. */
export function readRevision(reply: string, original: Pair): Parsed<Revision> {
  const found = findVerdict(reply, readWord, FORM);
  if (!found.ok) return found;
  const { verdict, notes, parts } = found.value;
  const reason = cutText(beforePair(notes), REASON_LENGTH);
  if (verdict === 'pass' && offersAnother(parts, original)) {
    return unusable(`The verdict is PASS, but there is another pair: then it is REWORD. ${FORM}`);
  }
  if (verdict !== 'reword') return usable({ verdict, reason });
  const pair = readRewording(parts, original);
  return pair.ok ? usable({ verdict, reason, pair: pair.value }) : pair;
}

function offersAnother(parts: readonly string[], original: Pair): boolean {
  const pairs = readParts(parts);
  return pairs.ok && pairs.value.some((pair) => !isSame(pair, original));
}

function readRewording(parts: readonly string[], original: Pair): Parsed<Pair> {
  const pairs = readParts(parts);
  if (!pairs.ok) return pairs;
  const reworded = pairs.value.filter((pair) => !isSame(pair, original));
  const [pair] = reworded;
  if (pair === undefined) return unusable(`The rewording is the same as the pair it replaces. ${FORM}`);
  return reworded.length === 1 ? usable(pair) : unusable(`There is more than one rewording. ${FORM}`);
}

/** The pairs before and after the verdict, or why there are none. */
function readParts(parts: readonly string[]): Parsed<Pair[]> {
  const read = parts.map((part) => readPairs(part, FORM));
  const pairs = read.flatMap((each) => (each.ok ? each.value : []));
  return pairs.length > 0 ? usable(pairs) : readPairs(parts.join('\n\n'), FORM);
}

function isSame(pair: Pair, original: Pair): boolean {
  return plain(pair.question) === plain(original.question) && plain(pair.answer) === plain(original.answer);
}

function plain(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

/** The notes end where the first pair begins. */
function beforePair(notes: string): string {
  const lines = notes.split('\n');
  const pair = lines.findIndex(isQuestionLine);
  return (pair === -1 ? lines : lines.slice(0, pair)).join('\n').trim();
}

const WORDS = ['pass', 'reword', 'fail'] as const;
const WORD = /\b(?:pass|reword|fail)(?:e[ds]|s)?\b/gi;
const AFTER_WORD = /^\s*(?:$|[.,;:!()/|\u2010-\u2015-]|(?:because|since|as|or)\b)/i;
const DENIED = /\b(?:no|not|nothing|without|never|any)\s+(?:[\w'-]+\s+)?$/i;

/** One of three words that opens the phrase; another one beside it makes it unclear, unless it is denied. */
function wordOf(phrase: string): Word | 'unclear' | undefined {
  const mentions = [...phrase.matchAll(WORD)].map((match) => ({
    word: WORDS.find((word) => match[0].toLowerCase().startsWith(word)),
    before: phrase.slice(0, match.index),
    after: phrase.slice(match.index + match[0].length),
  }));
  const [first, ...others] = mentions;
  if (first === undefined || /[\p{L}\p{N}]/u.test(first.before) || !AFTER_WORD.test(first.after)) return undefined;
  const rival = others.some(({ word, before }) => word !== first.word && !DENIED.test(before));
  return rival ? 'unclear' : first.word;
}

const readWord: PhraseReader<Word> = Object.assign(wordOf, { faultless: 'pass' as const });
