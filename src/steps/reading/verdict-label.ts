import { plainLine } from './plain-line.js';

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
  'urteil|veredicto|verdetto|verdikt|giudizio|juicio|jugement|oordeel|veredito|вердикт|вывод|заключение|werdykt|' +
  '判定|判断|结论|結論|评判|裁定|판정|결론|판단|الحكم|karar|verdict final';
const EXPLAINING =
  'explanation of judge?ment|overall|final answer|final|corrected|revised|correction|updated?|edit|conclusion|decision|determination|assessment|classification|result|rating|' +
  'schlussfolgerung|fazit|conclusión|conclusione|conclusão|conclusie';

const LABEL = new RegExp(
  `(^(?:[\\w.]+\\()?|[.!?;]\\s+)[^\\p{L}]*(?:step \\d+[^\\p{L}]*)?(?:(?:so|therefore|thus|hence|and),?\\s+)?(?:(?:my|the|our|its)\\s+)?` +
    `(?:(?:critical )?evaluation and\\s+)?(?:(?:final|overall|corrected|revised|updated|new)\\s+)*` +
    `(?:(${EXPLAINING})|(?:${BINDING}))(?: (?:on|of|for) [\\p{L} ]{1,40})?\\s*(?:\\([^)]*\\)\\s*)?` +
    `((?:[:：=→\\u2010-\\u2015-]|is\\b)+|$|(?=[A-Z]{4}))`,
  'iu',
);

/** All labelled lines in order. */
export function labelledLines(lines: readonly string[]): LabelledLine[] {
  const plain = lines.map(plainLine);
  const found = plain.flatMap((line, index) => {
    const match = LABEL.exec(line);
    return match === null || !isSetOff(match, line) ? [] : [{ index, match, line }];
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

/** Behind a label without a colon only capitals are a verdict: `Verdict RELEVANT`, not `Overall four claims`. */
function isSetOff(match: RegExpExecArray, line: string): boolean {
  const rest = line.slice(match.index + match[0].length);
  return match[3] !== '' || rest === '' || /^[A-Z]{4}/.test(rest);
}
