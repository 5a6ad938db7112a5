import { counted, formatCount, formatSeconds } from '../../format.js';
import { formatMoney } from '../../llm/pricing.js';
import { type Html, html } from '../html.js';
import type { ReportData, Spending, SpendingRow } from '../report-data.js';
import { type Column, table } from './table.js';

const FIGURES: readonly Column[] = [
  { title: 'calls' },
  { title: 'tokens in' },
  { title: 'of them cached' },
  { title: 'tokens out' },
  { title: 'money' },
  { title: 'took (middle)' },
  { title: 'slowest 5 %' },
];

export function renderSpending({ spending }: ReportData): Html {
  const { steps, models, total, beside } = spending;
  if (total.calls === 0) return html`<p>No call was answered so far.</p>`;
  const besideMoney = beside.cost === undefined ? '' : ` (${formatMoney(beside.cost)})`;
  return html`<p>
      All ${counted(total.calls, 'call')} that this folder ever paid for, counted from its
      journal${total.cost === undefined ? '' : html`: <b>${formatMoney(total.cost)}</b>`}.
      ${beside.calls === 0 ? '' : `${counted(beside.calls, 'call')} of them${besideMoney} do not stand behind the results of now: other settings, a retry, or work under way.`}
    </p>
    ${describeUnpriced(spending)}
    <h3>By step</h3>
    ${table(
      [{ title: 'step', kind: 'text' }, { title: 'model', kind: 'text' }, ...FIGURES],
      steps.map((row) => [row.name, row.model ?? '', ...figuresOf(row)]),
    )}
    <h3>By model</h3>
    ${table(
      [{ title: 'model', kind: 'text' }, ...FIGURES],
      models.map((row) => [row.name, ...figuresOf(row)]),
    )}`;
}

function describeUnpriced({ unpriced, models }: Spending): Html {
  if (unpriced.length === 0) return html``;
  const none = unpriced.length === models.length ? 'No money is counted' : 'Their tokens are in no sum of money';
  return html`<p class="notice">No price in PRICES for ${unpriced.join(', ')}. ${none}.</p>`;
}

function figuresOf({ calls, prompt, cached, completion, cost, median, slow }: SpendingRow): string[] {
  const money = cost === undefined ? '–' : formatMoney(cost);
  return [...[calls, prompt, cached, completion].map(formatCount), money, formatSeconds(median), formatSeconds(slow)];
}
