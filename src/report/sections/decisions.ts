import { counted, formatCount } from '../../format.js';
import { legend, stackedBar } from '../charts.js';
import { type Html, html } from '../html.js';
import type { DropGroup, ReportData } from '../report-data.js';
import { table } from './table.js';

const ITEM: Record<DropGroup['stage'], string> = {
  chunks: 'chunk',
  questions: 'question',
  pairs: 'pair',
  conversations: 'conversation',
};

export function renderDrops({ drops }: ReportData): Html {
  if (drops.length === 0) return html`<p>Nothing was dropped.</p>`;
  return html`<p class="soft">
      Numbers and quotations in reasons are left out, so that like reasons are counted together.
    </p>
    ${drops.map(renderGroup)}`;
}

function renderGroup({ stage, state, step, count, reasons, others }: DropGroup): Html {
  const more =
    others === 0 ? '' : html`<li class="soft">${formatCount(others)} for other reasons; rejected.jsonl has all</li>`;
  return html`<h3>${counted(count, ITEM[stage])} ${state} at ${step}</h3>
    <ul>
      ${reasons.map(
        ({ reason, count: times, examples }) =>
          html`<li>
            <details>
              <summary>${formatCount(times)} × ${reason === '' ? 'no reason given' : reason}</summary>
              <ul>
                ${examples.map(
                  ({ id, text }) => html`<li>${text}<br /><code>npx augmentoolkit inspect ${id}</code></li>`,
                )}
              </ul>
            </details>
          </li>`,
      )}${more}
    </ul>`;
}

export function renderVotes({ votes, settings }: ReportData): Html {
  if (votes.length === 0) return html`<p>No vote was taken.</p>`;
  const places = settings['SYSTEM.DOUBLE_CHECK_COUNTER'] ?? '';
  const saved = votes.reduce((sum, each) => sum + each.saved, 0);
  const most = Math.max(...votes.map(({ held }) => held));
  const rows = votes.map(({ check, held, passed, failed, undecided, split, cast }) => [
    check,
    ...[held, passed, failed, undecided, split, cast].map(formatCount),
    stackedBar(
      [
        { tone: 'good', label: 'passed', value: passed },
        { tone: 'warn', label: 'failed', value: failed },
        { tone: 'bad', label: 'undecided', value: undecided },
      ],
      most,
    ),
  ]);
  return html`<p>
      Each check of a question is a vote of ${places} places. Deciding as soon as the others could change nothing saved
      ${counted(saved, 'call')}.
    </p>
    ${table(
      [
        { title: 'check', kind: 'text' },
        { title: 'held' },
        { title: 'passed' },
        { title: 'failed' },
        { title: 'undecided' },
        { title: 'split' },
        { title: 'votes' },
        { title: '', kind: 'picture' },
      ],
      rows,
    )}${legend([
      { tone: 'good', label: 'passed' },
      { tone: 'warn', label: 'failed' },
      { tone: 'bad', label: 'undecided' },
    ])}`;
}
