/** What the Web UI shows as Markdown. Pure. */

const SPECIAL = /[\\`*_{}[\]()<>#+!|~&-]/g;
const LONGEST_LINE = 160;

/** Texts and what models write are data: nothing in them is taken for markup, and only their first line is shown. */
export function plainLine(text: string, longest = LONGEST_LINE): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  const cut = line.length > longest ? `${Array.from(line.slice(0, longest)).slice(0, -1).join('')}…` : line;
  return cut.replaceAll(SPECIAL, (character) => `\\${character}`);
}

/** Cells are Markdown. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Paragraphs, without those that are empty. */
export function page(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join('\n\n');
}
