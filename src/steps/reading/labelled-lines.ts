/** What stands behind a label, or below it where nothing does. */
export interface LabelledValue {
  value: string;
  /** The lines of the text, from 0, that label and value take up. */
  first: number;
  last: number;
}

/** Every value under one of the labels, given as the alternation of a pattern, in any letter case and markup. */
export function findLabelled(text: string, labels: string): LabelledValue[] {
  const label = new RegExp(
    `^[\\s>#*_•"'([\\p{Extended_Pictographic}\\ufe0f-]*(?:\\d{1,2}[.)]\\s*[*_]*)?(?:${labels})[*_"'\\s]*(?:\\([^()]*\\)[*_"'\\s]*)?(?:(?:[:：]|\\s[–—-]\\s)[*_\\s]*(?<here>.*)|)$`,
    'iu',
  );
  const lines = text.split('\n');
  return lines.flatMap((line, first) => {
    const found = label.exec(line);
    if (found === null) return [];
    const here = found.groups?.['here']?.trim() ?? '';
    if (here !== '') return [{ value: here, first, last: first }];
    const below = lines.findIndex((next, at) => at > first && next.trim() !== '');
    return [{ value: lines[below]?.trim() ?? '', first, last: Math.max(first, below) }];
  });
}
