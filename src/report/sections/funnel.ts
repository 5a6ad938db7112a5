import { countDropped } from '../../accounting.js';
import { counted, formatCount } from '../../format.js';
import { STAGES } from '../../records.js';
import { legend, type Part, stackedBar } from '../charts.js';
import { type Html, html } from '../html.js';
import type { ReportData, SourceFigures } from '../report-data.js';
import { table } from './table.js';

const TITLES = { chunks: 'Chunks', questions: 'Questions', pairs: 'Pairs, revised', conversations: 'Conversations' };

export function renderFunnel({ funnel }: ReportData): Html {
  const most = Math.max(...STAGES.map((stage) => funnel[stage].in));
  const rows = STAGES.map((stage) => {
    const { in: all, accepted, rejected, failed, notRun } = funnel[stage];
    const parts: Part[] = [
      { tone: 'good', label: 'accepted', value: accepted },
      { tone: 'warn', label: 'rejected', value: rejected },
      { tone: 'bad', label: 'failed', value: failed },
      { tone: 'mute', label: 'not run', value: notRun },
    ];
    const numbers = [all, accepted, rejected, failed, notRun].map(formatCount);
    return [TITLES[stage], ...numbers, stackedBar(parts, most)];
  });
  const dropped = STAGES.reduce((sum, stage) => sum + countDropped(funnel[stage]) - funnel[stage].notRun, 0);
  return html`<p>
      ${formatCount(funnel.worthy)} of ${counted(funnel.chunks.in, 'chunk')} were judged worthy of questions.
      ${counted(dropped, 'item')} dropped in all; each stands in <code>rejected.jsonl</code> with its reason.
    </p>
    ${table(
      [
        { title: '', kind: 'text' },
        { title: 'in' },
        { title: 'accepted' },
        { title: 'rejected' },
        { title: 'failed' },
        { title: 'not run' },
        { title: '', kind: 'picture' },
      ],
      rows,
    )}${legend([
      { tone: 'good', label: 'accepted' },
      { tone: 'warn', label: 'rejected: the pipeline decided against it' },
      { tone: 'bad', label: 'failed: no decision could be had' },
      { tone: 'mute', label: 'not run' },
    ])}`;
}

/** Of a source's chunks. */
export function judgedParts({ worthy, unworthy, undecided, notRun }: SourceFigures): Part[] {
  return [
    { tone: 'good', label: 'worthy', value: worthy },
    { tone: 'warn', label: 'unworthy', value: unworthy },
    { tone: 'bad', label: 'without a verdict', value: undecided },
    { tone: 'mute', label: 'not done', value: notRun },
  ];
}

export function renderSources({ sources: { shown, others }, skipped }: ReportData): Html {
  const all =
    others === undefined ? shown : [...shown, { ...others, path: `${formatCount(others.sources)} others together` }];
  const most = Math.max(0, ...shown.map(({ chunks }) => chunks));
  const rows = all.map((figures) => [
    figures.path,
    ...[figures.chunks, figures.worthy, figures.unworthy, figures.rows].map(formatCount),
    stackedBar(judgedParts(figures), Math.max(most, figures.path === '' ? 0 : figures.chunks)),
  ]);
  const more =
    skipped.others === 0 ? '' : html`<li class="soft">${formatCount(skipped.others)} more; run.json has all</li>`;
  return html`${table(
    [
      { title: 'text', kind: 'text' },
      { title: 'chunks' },
      { title: 'worthy' },
      { title: 'unworthy' },
      { title: 'conversations' },
      { title: '', kind: 'picture' },
    ],
    rows,
  )}${legend(judgedParts({ path: '', chunks: 0, worthy: 0, unworthy: 0, undecided: 0, notRun: 0, rows: 0 }))}
  ${
    skipped.shown.length === 0
      ? ''
      : html`<h3>Files that could not be used</h3>
          <ul>
            ${skipped.shown.map(({ path, reason }) => html`<li>${path}: ${reason}</li>`)}${more}
          </ul>`
  }`;
}
