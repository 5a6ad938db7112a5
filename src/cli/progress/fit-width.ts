import stringWidth from 'string-width';

const CUT = '…';

/** The text as far as so many columns hold it; what is cut ends in an ellipsis. Wide characters count twice. */
export function fitWidth(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const width = stringWidth(segment);
    if (used + width > columns - 1) break;
    kept += segment;
    used += width;
  }
  return columns < 1 ? '' : `${kept.trimEnd()}${CUT}`;
}
