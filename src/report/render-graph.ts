import { formatCount } from '../format.js';
import { type Html, html } from './html.js';
import type { ReportData } from './report-data.js';
import { judgedParts } from './sections/funnel.js';
import type { Part } from './charts.js';

const WIDTH = 800;
const NAME_WIDTH = 280;
const ROW = 26;
const BAR = 16;
const TOP = 64;
const LONGEST_NAME = 42;

const COLOURS: Record<Part['tone'], string> = { good: '#2b8a5f', warn: '#c98a1b', bad: '#c2544b', mute: '#9aa5ad' };

/** `graph.svg`: how many chunks of each text were worthy of questions; a picture that stands by itself. */
export function renderGraph({ run, sources: { shown, others } }: ReportData): string {
  const rows =
    others === undefined ? shown : [...shown, { ...others, path: `${formatCount(others.sources)} others together` }];
  const most = Math.max(1, ...rows.map(({ chunks }) => chunks));
  const height = TOP + rows.length * ROW + 16;
  const picture = html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${WIDTH} ${height}"
    width="${WIDTH}"
    height="${height}"
    font-family="system-ui, sans-serif"
    font-size="13"
  >
    <rect width="${WIDTH}" height="${height}" fill="#fff" />
    <text x="16" y="26" font-size="16" fill="#1d2327">${run}: chunks worthy of questions, by text</text>
    ${legendOf()}${rows.map((figures, index) => rowOf(figures.path, judgedParts(figures), most, TOP + index * ROW))}
  </svg> `;
  return picture.markup;
}

function legendOf(): Html {
  const parts = judgedParts({ path: '', chunks: 0, worthy: 0, unworthy: 0, undecided: 0, notRun: 0, rows: 0 });
  return html`${parts.map(
    ({ tone, label }, index) =>
      html`<rect x="${16 + index * 150}" y="38" width="11" height="11" fill="${COLOURS[tone]}" /><text
          x="${32 + index * 150}"
          y="48"
          fill="#5b6670"
          >${label}</text
        >`,
  )}`;
}

function rowOf(path: string, parts: readonly Part[], most: number, y: number): Html {
  const name = path.length > LONGEST_NAME ? `…${path.slice(-LONGEST_NAME)}` : path;
  let x = NAME_WIDTH;
  const bars = parts
    .filter(({ value }) => value > 0)
    .map(({ tone, label, value }) => {
      const width = ((WIDTH - NAME_WIDTH - 70) * value) / most;
      const bar = html`<rect
        x="${x.toFixed(1)}"
        y="${y}"
        width="${width.toFixed(1)}"
        height="${BAR}"
        fill="${COLOURS[tone]}"
        ><title>${formatCount(value)} ${label}</title></rect
      >`;
      x += width;
      return bar;
    });
  const count = parts.reduce((sum, { value }) => sum + value, 0);
  return html`<text x="${NAME_WIDTH - 8}" y="${y + 13}" text-anchor="end" fill="#1d2327">${name}</text>${bars}<text
      x="${(x + 6).toFixed(1)}"
      y="${y + 13}"
      fill="#5b6670"
      >${formatCount(count)}</text
    >`;
}
