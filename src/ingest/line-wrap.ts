import { physicalLines, type PhysicalLine } from './physical-lines.js';

/** How a text breaks its lines. */
export interface LineWrap {
  /** Whether lines were broken at a margin, inside sentences. */
  hardWrapped: boolean;
  /** The margin, in columns. */
  margin: number;
}

/** A longer line is a paragraph that was never wrapped. */
const WIDEST_MARGIN = 120;
/** Below this, lines are short because their author wanted them so: verse, lists of names. */
const NARROWEST_MARGIN = 40;
/** The margin is where 95 of 100 lines end at the latest; a few always stick out. */
const MARGIN_PERCENTILE = 0.95;
/** In wrapped prose about 80 of 100 lines go on in lower case (in German 60); in verse and lists hardly any. */
const LEAST_LOWER_CASE = 0.3;
/** Where a script has no case: the share of lines that end near the margin. */
const LEAST_NEAR_MARGIN = 0.5;
/** A break was wanted if the next word would have fitted with this many columns to spare; quotations are set a little narrower. */
const SPARE_COLUMNS = 15;
/** A line of fewer words that goes on in lower case may be an entry of a plain list. */
const FEWEST_WORDS_OF_PROSE = 3;

const STARTS_LOWER = /^\p{Ll}/u;
const STARTS_CASED = /^[\p{Ll}\p{Lu}\p{Lt}]/u;
/** Chinese, Japanese and Korean characters take two columns. */
const WIDE_CHARACTERS = /[\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]/g;

/** Looks at all line breaks inside paragraphs, to tell hard-wrapped text from verse, lists and one-line paragraphs. */
export function measureLineWrap(text: string): LineWrap {
  const edges = Array.from({ length: WIDEST_MARGIN + 1 }, () => 0);
  let [breaks, cased, lower] = [0, 0, 0];
  let previous: PhysicalLine | undefined;
  for (const line of physicalLines(text)) {
    const edge = previous === undefined || line.blankBefore ? Infinity : rightEdge(previous);
    if (edge <= WIDEST_MARGIN) {
      edges[edge] = (edges[edge] ?? 0) + 1;
      breaks++;
      if (STARTS_CASED.test(line.words)) cased++;
      if (STARTS_LOWER.test(line.words)) lower++;
    }
    previous = line;
  }
  const margin = percentile(edges, breaks * MARGIN_PERCENTILE);
  const nearMargin = edges.slice(Math.max(0, margin - SPARE_COLUMNS)).reduce((sum, count) => sum + count, 0);
  const goesOn = cased > 0 ? lower / cased >= LEAST_LOWER_CASE : nearMargin / breaks >= LEAST_NEAR_MARGIN;
  return { margin, hardWrapped: margin >= NARROWEST_MARGIN && goesOn };
}

/** Whether the line goes on with the words of the one before it, no blank line being between them. */
export function joinsPrevious(previous: PhysicalLine, line: PhysicalLine, wrap: LineWrap): boolean {
  if (goesOnInLowerCase(previous, line)) return true;
  const edge = rightEdge(previous);
  if (!wrap.hardWrapped || edge > WIDEST_MARGIN) return false;
  return edge + 1 + firstWordWidth(line.words) > wrap.margin - SPARE_COLUMNS;
}

/** Unless the line stands further to the left: then it may be the next word of a list, after what explains the last one. */
function goesOnInLowerCase(previous: PhysicalLine, line: PhysicalLine): boolean {
  if (!STARTS_LOWER.test(line.words) || line.indent < previous.indent) return false;
  return previous.words.split(/\s+/, FEWEST_WORDS_OF_PROSE).length === FEWEST_WORDS_OF_PROSE;
}

function firstWordWidth(words: string): number {
  return width(/^\S{1,40}/u.exec(words)?.[0] ?? '');
}

function rightEdge(line: PhysicalLine): number {
  return line.indent + (line.words.length > WIDEST_MARGIN ? line.words.length : width(line.words));
}

/** In columns. */
function width(words: string): number {
  return words.length + (words.match(WIDE_CHARACTERS)?.length ?? 0);
}

/** The first index at which the running sum of `counts` reaches `rank`. */
function percentile(counts: readonly number[], rank: number): number {
  let sum = 0;
  return counts.findIndex((count) => (sum += count) >= rank);
}
