/** A line that announces a verdict. */
export interface LabelledLine {
  /** Index of the line. */
  index: number;
  /** What stands before the label on its line. */
  before: string;
  /** What stands behind the label, plain. */
  phrase: string;
  /** The plain lines from here to the next label. */
  below: string[];
  /** True if the label can only announce the verdict itself: then there must be one. */
  binding: boolean;
}

/** `Verdict` and its like, in the languages that models fall into when the text is in one. */
const BINDING =
  'verdict|judge?ment|(?:overall )?(?:accuracy|relevancy?|suitability) (?:determination|judge?ment|verdict)|' +
  'urteil|veredicto|verdetto|verdikt|giudizio|juicio|jugement|oordeel|veredito|вердикт|判定|判断|结论';
const EXPLAINING =
  'explanation of judge?ment|final answer|conclusion|decision|determination|assessment|classification|result|rating';

const LABEL = new RegExp(
  `(^|[.!?;]\\s+)[\\s\\d.()•=→-]*(?:(?:my|the|so the|therefore the|thus the)\\s+)?(?:final\\s+|overall\\s+)?` +
    `(?:(${EXPLAINING})|(?:${BINDING}))\\s*(?:\\([^)]*\\)\\s*)?(?:(?:[:：=\\u2010-\\u2015-]|is\\b)+|$|(?=[A-Z]{4}))`,
  'iu',
);

/** All labelled lines in order. */
export function labelledLines(lines: readonly string[]): LabelledLine[] {
  const plain = lines.map(plainLine);
  const found = plain.flatMap((line, index) => {
    const match = LABEL.exec(line);
    return match === null ? [] : [{ index, match, line }];
  });
  return found.map(({ index, match, line }, position) => {
    const start = match.index + (match[1] ?? '').length;
    return {
      index,
      before: line.slice(0, start).trim(),
      phrase: line.slice(match.index + match[0].length).trim(),
      below: plain.slice(index + 1, found[position + 1]?.index),
      binding: match[2] === undefined,
    };
  });
}

/** What is put around a word to set it off: `<b>`, `<verdict>`, `\\boxed{`. */
const WRAPPING = /<\/?(?:b|i|em|strong|u|code|verdict|answer)>|\\(?:boxed|text|textbf|mathrm)\b|[{}$]/gi;

/** The line without Markdown, wrapping and quotation marks, so that a verdict can be found in it. */
export function plainLine(line: string): string {
  return line
    .replace(WRAPPING, '')
    .replace(/[*_`#>~"\u201C\u201D\u201E\u00AB\u00BB]/g, '')
    .replace(/[\u2018\u2019]/g, "'")
    .trim();
}
