import { sentenceSpans, type Span } from './sentences.js';

/** Where a text may be cut: its parts in order; together they hold everything but white space. */
type CutBorders = (text: string) => Iterable<Span>;

const CLAUSE_END = /[,;:—–،؛，；：、]+["'”’»)\]]*(?<gap>\s*)/gu;
const UNSPACED_CLAUSE_END = /[—–，；：、]/u;

/** Words by the handful, because that is quicker, and a chunk lacks a few tokens at most. */
const FEW_WORDS = /\S+(?:\s+\S+){0,7}/gu;
const SINGLE_WORD = /\S+/gu;

/** What one reads as one character: a letter with its marks, an emoji sequence, a flag. The bound holds back runs of marks. */
const CHARACTER = String.raw`(?:\p{Regional_Indicator}{2}|\S(?:[\p{M}\p{Emoji_Modifier}]|\u200d\S?){0,16})`;
const CHARACTER_RUN = new RegExp(`${CHARACTER}{1,32}`, 'gu');
const SINGLE_CHARACTER = new RegExp(CHARACTER, 'gu');

/** From the border one would choose to the one that is always there. */
export const CUT_BORDERS: readonly CutBorders[] = [
  sentenceSpans,
  clauses,
  (text) => matches(text, FEW_WORDS),
  (text) => matches(text, SINGLE_WORD),
  (text) => matches(text, CHARACTER_RUN),
  (text) => matches(text, SINGLE_CHARACTER),
];

function* clauses(text: string): Generator<Span> {
  let start = 0;
  for (const match of text.matchAll(CLAUSE_END)) {
    const gap = match.groups?.['gap'] ?? '';
    const next = match.index + match[0].length;
    if (next >= text.length || (gap === '' && !UNSPACED_CLAUSE_END.test(match[0]))) continue;
    yield { start, end: next - gap.length };
    start = next;
  }
  yield { start, end: text.length };
}

function* matches(text: string, part: RegExp): Generator<Span> {
  for (const match of text.matchAll(part)) yield { start: match.index, end: match.index + match[0].length };
}
