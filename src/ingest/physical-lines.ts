/** A line of the file that is not blank. */
export interface PhysicalLine {
  /** UTF-16 offsets of its words in the text, end exclusive. */
  start: number;
  end: number;
  /** The line without the blanks around it. */
  words: string;
  /** How many characters of white space stand before the words. */
  indent: number;
  /** Whether a blank line (or the end of the text) is next to it. */
  blankBefore: boolean;
  blankAfter: boolean;
}

/** The lines of a text that are not blank, in order. */
export function* physicalLines(text: string): Generator<PhysicalLine> {
  let held: PhysicalLine | undefined;
  let blankBefore = true;
  for (let lineStart = 0; lineStart <= text.length;) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline === -1 ? text.length : newline;
    const line = placeWords(text.slice(lineStart, lineEnd), lineStart, blankBefore);
    if (held !== undefined) {
      held.blankAfter = line === undefined;
      yield held;
    }
    held = line;
    blankBefore = line === undefined;
    lineStart = lineEnd + 1;
  }
  if (held !== undefined) yield held;
}

function placeWords(line: string, lineStart: number, blankBefore: boolean): PhysicalLine | undefined {
  const words = line.trim();
  if (words === '') return undefined;
  const indent = line.indexOf(words.charAt(0));
  const start = lineStart + indent;
  return { start, end: start + words.length, words, indent, blankBefore, blankAfter: true };
}
