import { type Html, html } from '../html.js';

export interface Column {
  title: string;
  /** Text stands at the left, numbers at the right. */
  kind?: 'text' | 'picture';
}

type Cell = Html | string | number;

export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): Html {
  const classOf = ({ kind }: Column) => (kind === undefined ? '' : kind === 'picture' ? 'picture text' : kind);
  const cells = (row: readonly Cell[]) =>
    row.map((cell, index) => html`<td class="${classOf(columns[index] ?? { title: '' })}">${cell}</td>`);
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${columns.map((column) => html`<th class="${classOf(column)}">${column.title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${cells(row)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
