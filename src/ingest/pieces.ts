import { CUT_BORDERS } from './cut-borders.js';
import { foldBlanks, foldColumns, foldGap } from './fold-blanks.js';
import { logicalLines, type LogicalLine } from './logical-lines.js';
import { sentenceSpans, type Span } from './sentences.js';
import { countTokens } from './tokens.js';

/** What chunks are made of: a sentence, a row, a heading, or a part of one that is too long for a chunk. */
export interface Piece extends Span {
  line: LogicalLine;
  /** The heading it stands under. */
  heading: string | undefined;
  /** What stands between it and the piece before it: blank line, line break, space or nothing. */
  gap: string;
  /** The piece itself, blanks folded. */
  words: string;
  /** Of gap and words. */
  tokens: number;
  /** Of the words alone. */
  tokensAtStart: number;
}

/** A span that may still be too long for a chunk. `gap` as in `Piece`. */
type Part = Pick<Piece, 'start' | 'end' | 'line' | 'heading' | 'gap'>;

/** Where nothing stands between two pieces, their tokens may fall otherwise over the border, and be one more. */
const TOKENS_OVER_BORDER = 1;

/** Deeper indentation comes from centred lines and would only cost tokens. */
const DEEPEST_INDENT = 16;

/** Hardly any text has more. */
const CHARACTERS_A_TOKEN = 16;

/** The text in pieces of at most `size` tokens each, in order; together they hold everything but white space. */
export function* pieces(text: string, size: number): Generator<Piece> {
  let heading: string | undefined;
  for (const line of logicalLines(text)) {
    heading = line.heading ?? heading;
    const whole: Part = { start: line.start, end: line.end, line, heading, gap: lineBreak(line) };
    const isProse = line.kind === 'prose' || line.kind === 'item';
    for (const part of isProse ? cut(text, whole, sentenceSpans) : [whole]) yield* cutToSize(text, part, size);
  }
}

/** A single character is the last resort, even if it alone takes more than `size` tokens. */
function* cutToSize(text: string, part: Part, size: number, level = 0, tooLong = isLong(part, size)): Generator<Piece> {
  const borders = CUT_BORDERS[level];
  const piece = tooLong && borders !== undefined ? undefined : toPiece(text, part);
  if (piece !== undefined && (borders === undefined || Math.max(piece.tokens, piece.tokensAtStart) <= size))
    yield piece;
  else if (borders !== undefined)
    for (const smaller of cut(text, part, borders)) {
      const isWhole = smaller.start === part.start && smaller.end === part.end;
      yield* cutToSize(text, smaller, size, level + 1, isWhole || isLong(smaller, size));
    }
}

/** So long that it need not be counted to be cut: that spares time, and finer pieces do no harm. */
function isLong({ start, end }: Span, size: number): boolean {
  return end - start > size * CHARACTERS_A_TOKEN;
}

function* cut(text: string, part: Part, borders: (words: string) => Iterable<Span>): Generator<Part> {
  let previous: number | undefined;
  for (const span of borders(text.slice(part.start, part.end))) {
    const [start, end] = [part.start + span.start, part.start + span.end];
    const gap = previous === undefined ? part.gap : foldGap(text, previous, start);
    yield { start, end, line: part.line, heading: part.heading, gap };
    previous = end;
  }
}

function toPiece(text: string, part: Part): Piece {
  const slice = text.slice(part.start, part.end);
  const words = part.line.kind === 'row' ? foldColumns(slice) : foldBlanks(slice);
  const tokensAtStart = countTokens(words);
  const { start, end, line, heading, gap } = part;
  return { start, end, line, heading, gap, words, tokens: tokensAtStart + tokensOfGap(gap, words), tokensAtStart };
}

/** What the gap adds to the words after it: less than nothing where they begin with a word that is one token with its space. */
function tokensOfGap(gap: string, words: string): number {
  if (gap === '') return TOKENS_OVER_BORDER;
  if (gap !== ' ') return countTokens(gap);
  const space = words.indexOf(' ');
  const first = space === -1 ? words : words.slice(0, space);
  return countTokens(` ${first}`) - countTokens(first);
}

function lineBreak({ kind, opensBlock, indent }: LogicalLine): string {
  if (opensBlock) return '\n\n';
  return kind === 'code' || kind === 'item' ? `\n${' '.repeat(Math.min(indent, DEEPEST_INDENT))}` : '\n';
}
