/** What is put around a word to set it off: `<b>`, `\\boxed{`, `\\text{`. */
const WRAPPING = /<\/?[a-z][\w-]*(?:\s[^<>]*)?\/?>|\\(?:boxed|text|textbf|mathrm|mathbf|fbox)\b|[{}$]/gi;
/** `<verdict>` and `<verdict value="...">` are labels. */
const VERDICT_TAG = /<((?:final_?)?(?:verdict|judge?ment|decision))(?:\s+\w+\s*=\s*["']([^"'<>]*)["'])?\s*\/?>/gi;
const ANY_EMPTY_BOX = /\[\s*\]|\(\s+\)|[☐□⬜]/u;
/** A box that is not ticked says nothing of the word behind it. */
const EMPTY_BOX = /(?:\[\s*\]|\(\s+\)|[☐□⬜])\s*[*_`"]*[\p{L}-]+/gu;
/** Where a box stands behind its word, the next word is not its own. */
const BOX_BEHIND =
  /^[^[(☐□⬜☑☒]*[\p{L}][*_`",;\s]*(?:\[\s*[xX✓✔]?\s*\]|\(\s+\)|\([xX✓✔]\)|[☐□⬜☑☒])|(?:\[\s*[xX✓✔]?\s*\]|\(\s+\)|\([xX✓✔]\)|[☐□⬜☑☒])[^\p{L}]*$/u;
const STRUCK_OUT = /~~.*?~~|<(s|del|strike)>.*?<\/\1>/gi;
const TICKED_BOX = /\[[xX✓✔]\]|\([xX✓✔]\)|[☑☒]/gu;
const QUOTES = /[*`#>~"\u201C-\u201F\u00AB\u00BB\u2039\u203A\u300C-\u300F]/g;
const ROW = /^\s*\|(.*)\|\s*$/;

/**
 * The line without Markdown, wrapping and quotation marks, so that a verdict can be found in it. The cells of a table's
 * row are joined by colons, and a word joined by underscores is taken apart: `NOT_RELEVANT`.
 */
export function plainLine(line: string): string {
  const bare = unrowed(line)
    .replace(VERDICT_TAG, (_tag, name: string, value: string | undefined) => `${name}: ${value ?? ''}`)
    .replace(STRUCK_OUT, ' ')
    .replace(WRAPPING, '');
  return withoutBoxes(bare)
    .replace(QUOTES, '')
    .replace(/(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}])/gu, ' ')
    .replace(/_/g, '')
    .replace(/[\u2018\u2019]/g, "'")
    .trim();
}

/** Boxes that cannot be told from those of the next word are left, so that the choice stays unclear. */
function withoutBoxes(line: string): string {
  const empty = line.search(ANY_EMPTY_BOX) !== -1;
  return empty && BOX_BEHIND.test(line) ? line : line.replace(EMPTY_BOX, '').replace(TICKED_BOX, '');
}

function unrowed(line: string): string {
  const cells = ROW.exec(line)?.[1];
  return cells === undefined
    ? line
    : cells
        .split('|')
        .map((cell) => cell.trim())
        .join(': ');
}
