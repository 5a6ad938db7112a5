import { headingText, underlinedHeading } from './heading.js';
import { joinsPrevious, measureLineWrap, type LineWrap } from './line-wrap.js';
import { physicalLines, type PhysicalLine } from './physical-lines.js';

/** What the author meant as one line: a paragraph with its hard-wrapped lines joined, a list item, a row of a table. */
export interface LogicalLine {
  kind: 'prose' | 'item' | 'row' | 'code' | 'heading';
  /** UTF-16 offsets in the text, end exclusive, white space around it left out. */
  start: number;
  end: number;
  /** Whether a blank line stands before it. */
  opensBlock: boolean;
  /** Characters of white space before it. */
  indent: number;
  /** The heading it is, for a line of that kind. */
  heading?: string;
}

const FENCE = /^```/;
const ITEM_MARKER = /^(?:[-*+•‣◦–—]|\(?(?:\d{1,3}|\p{L}|[ivxlcIVXLC]{1,6})[.)])\s+\S/u;
/** Lines of dashes and the like: borders of tables, breaks between scenes, underlined headings. */
const RULE = /^[-=+|:_*~#. ]{3,}$/;
/** Cells between bars, or columns set apart by a tab or three blanks (but not after a sentence's end). */
const BARRED_ROW = /^\||\|.*\|/;
const SPACED_ROW = /[^\s.:!?](?:\t| {3})\s*\S/;
/** A longer line with a wide gap in it is prose that was badly typed. */
const LONGEST_SPACED_ROW = 200;
const ENDS_CLAUSE = /[.,;:!?…)"”’»]$/;

/** Puts the lines of a text together, in order; blank lines are left out. */
export function* logicalLines(text: string): Generator<LogicalLine> {
  const wrap = measureLineWrap(text);
  let open: LogicalLine | undefined;
  let previous: PhysicalLine | undefined;
  let fenced = false;
  for (const line of physicalLines(text)) {
    const fence = FENCE.test(line.words);
    const kind = fenced || fence ? 'code' : kindOf(line);
    if (fence) fenced = !fenced;
    const title = open?.start === previous?.start ? underlinedHeading(previous, line) : undefined;
    if (
      open !== undefined &&
      previous !== undefined &&
      title === undefined &&
      continues(open, kind, previous, line, wrap)
    ) {
      open.end = line.end;
    } else {
      if (open !== undefined) yield title === undefined ? open : asHeading(open, title);
      open = title === undefined ? openLine(line, kind) : asHeading(openLine(line, kind), title);
    }
    previous = line;
  }
  if (open !== undefined) yield open;
}

function kindOf(line: PhysicalLine): LogicalLine['kind'] {
  if (headingText(line) !== undefined) return 'heading';
  if (isRow(line.words)) return 'row';
  return ITEM_MARKER.test(line.words) ? 'item' : 'prose';
}

function isRow(words: string): boolean {
  if (RULE.test(words) || BARRED_ROW.test(words)) return true;
  return words.length <= LONGEST_SPACED_ROW && SPACED_ROW.test(words);
}

function openLine(line: PhysicalLine, kind: LogicalLine['kind']): LogicalLine {
  const { start, end, blankBefore, indent } = line;
  const opened: LogicalLine = { kind, start, end, opensBlock: blankBefore, indent };
  const heading = kind === 'heading' ? headingText(line) : undefined;
  if (heading !== undefined) opened.heading = heading;
  return opened;
}

function asHeading(line: LogicalLine, heading: string): LogicalLine {
  return { ...line, kind: 'heading', heading };
}

function continues(
  open: LogicalLine,
  kind: LogicalLine['kind'],
  previous: PhysicalLine,
  line: PhysicalLine,
  wrap: LineWrap,
): boolean {
  if (line.blankBefore || (open.kind !== 'prose' && open.kind !== 'item')) return false;
  if (kind === 'prose') return joinsPrevious(previous, line, wrap);
  return kind === 'item' && isStrayMarker(open, previous) && joinsPrevious(previous, line, wrap);
}

/** A wrapped line of prose may begin with a dash, or with a number that ended a sentence's line. */
function isStrayMarker(open: LogicalLine, previous: PhysicalLine): boolean {
  return open.kind === 'prose' && !ENDS_CLAUSE.test(previous.words);
}
