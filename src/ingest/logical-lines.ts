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

/** Tildes alone may also be a rule between scenes; with a language after them they open code. */
const OPENING_FENCE = /^(?:```|~~~(?=\s*\p{L}))/u;
const ITEM_MARKER = /^(?:[-*+•‣◦–—]|\(?(?:\d{1,3}|\p{L}|[ivxlcIVXLC]{1,6})[.)])\s+\S/u;
/** When a message was sent; chapter and verse. */
const STAMP =
  /^[[(<]?(?:\d{1,3}:\d{1,3}|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}:\d{2})(?![\p{L}\p{N}-])/u;
/** Who speaks, or the word that is explained: `Ann Lee: Come in.`, `<ann> come in`, `author: Ann Lee` */
const LABEL = /^(?:<[^<>\s]{1,30}>|(?:\p{Lu}[^\s:]{0,20}(?: [^\s:]{1,20}){0,2}|\p{Ll}[^\s:]{0,20}):)\s+\S/u;
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
  let fence: string | undefined;
  for (const line of physicalLines(text)) {
    const opened = fence;
    fence = fenceAfter(line, opened);
    const kind = opened !== undefined || fence !== undefined ? 'code' : kindOf(line);
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

/** The fence that is open after a line; inside one, only its own mark closes it. */
function fenceAfter({ words }: PhysicalLine, open: string | undefined): string | undefined {
  if (open === undefined) return OPENING_FENCE.exec(words)?.[0];
  return words.startsWith(open) ? undefined : open;
}

function kindOf(line: PhysicalLine): LogicalLine['kind'] {
  if (headingText(line) !== undefined) return 'heading';
  if (isRow(line.words)) return 'row';
  return [ITEM_MARKER, STAMP, LABEL].some((mark) => mark.test(line.words)) ? 'item' : 'prose';
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
  return kind === 'item' && isStrayMarker(open, previous, line) && joinsPrevious(previous, line, wrap);
}

/** A wrapped line may begin with a dash, with a number that ended a sentence's line, or with a word before a colon. */
function isStrayMarker(open: LogicalLine, previous: PhysicalLine, line: PhysicalLine): boolean {
  if (ENDS_CLAUSE.test(previous.words)) return false;
  return LABEL.test(line.words) ? !LABEL.test(previous.words) : open.kind === 'prose';
}
