import { hasFewerWords, segmentsOf, speaksOfSource, wordsOf } from './words.js';

/** Shorter pieces say too little to be an answer, and would turn up inside other answers. */
const FEWEST_WORDS = 4;
/** Short lines are joined up to so many words. */
const ENOUGH_WORDS = 8;
/** Longer sentences are cut at a clause, or after so many words. */
const MOST_WORDS = 45;

/** What would be read as a label, a tag or a quote where the answer is put. */
const MARKUP = /\b(?:question|answer|verdict|pairs)\b[^\n]{0,3}:|"""|[<>]/i;
const NEEDS_CONTEXT =
  /^(?:he|she|it|they|this|these|those|that|his|her|their|its|such|but|and|so|thus|however|here|there)\b/i;
const ABBREVIATION = /(?:\b\p{Lu}|\b(?:Dr|Mr|Mrs|Ms|St|No|vs|Fig|Prof|cf|ca|e\.g|i\.e))\.$/u;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * Sentences of a text that can stand as answers, each on one line: first those that need no context, spread over the
 * whole text, then the others.
 */
export function answerPieces(text: string): string[] {
  const pieces = joinShortLines(linesOf(text)).flatMap(sentencesOf).flatMap(cutLong).filter(isAnswer).map(endSentence);
  const alone = pieces.filter((piece) => !NEEDS_CONTEXT.test(piece));
  return [...spread(alone), ...pieces.filter((piece) => NEEDS_CONTEXT.test(piece))];
}

function linesOf(text: string): string[] {
  return text
    .split(/\n+/)
    .map(cleanLine)
    .filter((line) => line !== '');
}

/** Without list and heading marks; the cells of a table row with commas between. */
function cleanLine(line: string): string {
  return line
    .replace(/^[\s#>*+•|-]+/u, '')
    .replace(/[\s|]+$/u, '')
    .replace(/\s*\|\s*/g, ', ')
    .replace(/\s+/g, ' ');
}

/** List items and table rows of a word or two stand together in one answer. */
function joinShortLines(lines: string[]): string[] {
  const joined: string[] = [];
  let open = false;
  for (const line of lines) {
    const short = hasFewerWords(line, FEWEST_WORDS);
    if (short && open) joined[joined.length - 1] = `${joined.at(-1)}; ${line}`;
    else joined.push(line);
    open = short && (!open || wordsOf(joined.at(-1) ?? '').length < ENOUGH_WORDS);
  }
  return joined;
}

function sentencesOf(line: string): string[] {
  const whole: string[] = [];
  for (const { segment } of sentences.segment(line)) {
    const before = whole.at(-1);
    if (before !== undefined && ABBREVIATION.test(before)) whole[whole.length - 1] = `${before} ${segment.trim()}`;
    else whole.push(segment.trim());
  }
  return whole;
}

function cutLong(sentence: string): string[] {
  if (wordsOf(sentence).length <= MOST_WORDS) return [sentence];
  const clauses = sentence.split(/(?<=[;:,；：，、])\s*/u);
  if (clauses.length > 1) return joinShort(clauses).flatMap(cutLong);
  return halves(sentence).flatMap(cutLong);
}

/** Cut at a word border, in texts without blanks, too. */
function halves(sentence: string): string[] {
  const segments = segmentsOf(sentence);
  const middle = Math.ceil(segments.length / 2);
  return [segments.slice(0, middle), segments.slice(middle)].map((half) => half.join('').trim());
}

/** Neighbouring clauses together, up to half the longest length, so that a cut always gets shorter. */
function joinShort(clauses: string[]): string[] {
  const joined: string[] = [];
  for (const clause of clauses) {
    const longer = `${joined.at(-1) ?? ''} ${clause}`.trim();
    if (joined.length > 0 && wordsOf(longer).length <= MOST_WORDS / 2) joined[joined.length - 1] = longer;
    else joined.push(clause);
  }
  return joined;
}

function isAnswer(piece: string): boolean {
  return wordsOf(piece).length >= FEWEST_WORDS && !MARKUP.test(piece) && !speaksOfSource(piece);
}

/** Lines and clauses of a longer sentence get a full stop. */
function endSentence(piece: string): string {
  return piece.replace(/[\s,;:，；：、-]*$/u, '').replace(/[\p{L}\p{M}\p{N}]$/u, '$&.');
}

const SPREAD = 4;

/** Reorders so that the first four, the next four ... come from beginning, middle and end alike. */
function spread(pieces: string[]): string[] {
  const stride = Math.max(1, Math.floor(pieces.length / SPREAD));
  const place = (index: number): number => (index % stride) * pieces.length + index;
  return pieces
    .map((piece, index) => ({ piece, place: place(index) }))
    .sort((left, right) => left.place - right.place)
    .map(({ piece }) => piece);
}
