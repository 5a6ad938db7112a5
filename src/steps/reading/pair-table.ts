const QUESTION_HEAD = /^[*_\s]*questions?[*_\s]*$/i;
const ANSWER_HEAD = /^[*_\s]*answers?[*_\s]*$/i;
const RULE_CELL = /^:?-+:?$/;

/** The rows of a table with a column for questions and one for answers become labelled lines. */
export function withoutPairTable(text: string): string {
  const lines = text.split('\n');
  const heads = lines.findIndex((line) => columnsOf(line) !== undefined);
  const columns = columnsOf(lines[heads] ?? '');
  if (columns === undefined) return text;
  return [...lines.slice(0, heads), ...lines.slice(heads + 1).map((line) => labelledRow(line, columns))].join('\n');
}

interface Columns {
  question: number;
  answer: number;
}

function columnsOf(line: string): Columns | undefined {
  const cells = cellsOf(line);
  const question = cells.findIndex((cell) => QUESTION_HEAD.test(cell));
  const answer = cells.findIndex((cell) => ANSWER_HEAD.test(cell));
  return question === -1 || answer === -1 ? undefined : { question, answer };
}

function labelledRow(line: string, columns: Columns): string {
  const cells = cellsOf(line);
  if (cells.length === 0) return line;
  if (cells.every((cell) => RULE_CELL.test(cell))) return '';
  return `Question: ${cells[columns.question] ?? ''}\nAnswer: ${cells[columns.answer] ?? ''}`;
}

/** The cells between the bars of a row; none if the line is no row. A bar that belongs to the text is escaped. */
function cellsOf(line: string): string[] {
  const row = /^\s*\|(.*)\|\s*$/.exec(line)?.[1];
  return row === undefined ? [] : row.split(/(?<!\\)\|/).map((cell) => cell.replace(/\\\|/g, '|').trim());
}
