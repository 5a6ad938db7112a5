import { counted, formatCount, formatDuration } from '../../format.js';
import { formatMoney } from '../../llm/pricing.js';
import { type Html, html } from '../html.js';
import type { ReportData } from '../report-data.js';

/** The answers that people open the page for. */
export function renderHead(data: ReportData): Html {
  const { run, output, funnel, spending, notes } = data;
  const { total } = spending;
  const pairsOnly = output.rows === 0 && output.pairs > 0;
  const tiles: [string, string][] = [
    pairsOnly
      ? [formatCount(output.pairs), 'pairs of question and answer']
      : [formatCount(output.rows), `conversations, ${counted(output.turns, 'turn')}`],
    [formatCount(funnel.worthy), `worthy of ${counted(funnel.chunks.in, 'chunk')}`],
    [formatCount(total.prompt + total.completion), `tokens in ${counted(total.calls, 'call')}`],
    ...(total.cost === undefined ? [] : [[formatMoney(total.cost), moneyWords(data)] satisfies [string, string]]),
    ...(data.ended === undefined
      ? []
      : [[formatDuration(data.ended.seconds * 1_000), 'from start to end'] satisfies [string, string]]),
  ];
  return html`<header>
      <h1>${run}</h1>
      <p class="soft">${stateWords(data)}</p>
    </header>
    <div class="tiles">
      ${tiles.map(([figure, what]) => html`<div class="tile"><b>${figure}</b><span>${what}</span></div>`)}
    </div>
    ${notes.map((note) => html`<p class="notice">${note}</p>`)}`;
}

function moneyWords({ spending: { unpriced } }: ReportData): string {
  return unpriced.length === 0
    ? 'paid over the life of this folder'
    : `paid, without ${unpriced.join(', ')}, which has no price`;
}

function stateWords({ state, asOf, ended, funnel }: ReportData): string {
  const open = funnel.chunks.notRun === 0 ? '' : `; ${counted(funnel.chunks.notRun, 'chunk')} not done yet`;
  switch (state) {
    case 'complete':
      return `Complete: ${readableTime(ended?.endedAt ?? asOf)}`;
    case 'cancelled':
      return `Cancelled: ${readableTime(ended?.endedAt ?? asOf)}. What was complete by then is in the dataset`;
    case 'at work':
      return `At work; this is how it stood at ${readableTime(asOf)}${open}`;
    case 'paused':
      return `Paused; this is how it stood at ${readableTime(asOf)}${open}. \`npx augmentoolkit resume\` lets it go on`;
    case 'open':
      return `Not at its end, and nobody at work on it; this is how it stood at ${readableTime(asOf)}${open}. \`npx augmentoolkit run\` goes on from there`;
  }
}

/** `2026-11-22 20:00 UTC` */
export function readableTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
