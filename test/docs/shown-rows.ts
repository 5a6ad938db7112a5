import { readJsonLines } from '../support/dataset.js';

/** Rows of a dataset that a page shows. */
export interface ShownRow {
  name: string;
  title: string;
  file: string;
  /** Folder below the workbench. */
  output: string;
}

/** One row, under its title. */
export async function renderRow({ title, file }: ShownRow, output: string): Promise<string> {
  const rows = await readJsonLines<object>(output, file);
  return `${title}\n\n\`\`\`json\n${JSON.stringify(chooseRow(rows))}\n\`\`\``;
}

/** The rehearsal model takes any sentence for an answer, a question, too. */
const ANSWERS_WITH_QUESTION = /"(?:assistant","content|gpt","value)":"[^"]*\?"/;

/** The shortest that has two exchanges, or the reasons of votes. */
function chooseRow(rows: object[]): object {
  const rich = rows.filter((row) => exchanges(row) >= 2 || ('votes' in row && 'pair' in row));
  const fit = rich.filter((row) => !ANSWERS_WITH_QUESTION.test(JSON.stringify(row)));
  const [shortest] = fit.toSorted((a, b) => JSON.stringify(a).length - JSON.stringify(b).length);
  if (shortest === undefined) throw new Error('no row is fit to be shown');
  return shortest;
}

function exchanges(row: object): number {
  return JSON.stringify(row).split(/"(?:user|human)"/).length - 1;
}
