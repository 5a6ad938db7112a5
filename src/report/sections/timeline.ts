import { counted, formatCount, formatDuration } from '../../format.js';
import { areas } from '../charts.js';
import { type Html, html } from '../html.js';
import type { ReportData, Timeline } from '../report-data.js';
import { readableTime } from './head.js';

export function renderTimeline({ timeline, faults }: ReportData): Html {
  return html`${timeline.parts.length === 0 ? html`<p>No call was answered so far.</p>` : renderCharts(timeline)}
    <h3>Calls that got no answer</h3>
    ${
      faults.length === 0
        ? html`<p>None.</p>`
        : html`<p>Each was made again, at no cost but time.</p>
            <ul>
              ${faults.map(({ reason, count }) => html`<li>${formatCount(count)} × ${reason}</li>`)}
            </ul>`
    }`;
}

function renderCharts({ parts, binSeconds }: Timeline): Html {
  const first = parts.at(0);
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return html``;
  const bin = formatDuration(binSeconds * 1_000);
  const end = new Date(Date.parse(last.startedAt) + last.inFlight.length * binSeconds * 1_000).toISOString();
  const ends: [string, string] = [readableTime(first.startedAt), readableTime(end)];
  const busiest = Math.max(...parts.flatMap(({ inFlight }) => inFlight));
  const failed = parts.flatMap((part) => part.failed);
  const breaks =
    parts.length === 1
      ? ''
      : ` Where nobody was at work, time is cut out (${counted(parts.length - 1, 'break')}, marked by a broken line).`;
  return html`<p>
      ${formatCount(Math.round(busiest))} calls in flight at the busiest, on average over ${bin}.${breaks}
    </p>
    <h3>Calls in flight</h3>
    ${areas(
      parts.map(({ inFlight }) => inFlight),
      'good',
      `Calls in flight, on average over ${bin}`,
      ends,
    )}
    <h3>Calls answered, each ${bin}</h3>
    ${areas(
      parts.map(({ answered }) => answered),
      'mute',
      `Calls answered in each ${bin}`,
      ends,
    )}
    ${
      failed.some((count) => count > 0)
        ? html`<h3>Calls that failed, each ${bin}</h3>
            ${areas(
              parts.map((part) => part.failed),
              'bad',
              `Calls that failed in each ${bin}; on a scale of its own`,
              ends,
            )}
            <p class="soft">
              At most ${formatCount(Math.max(...failed))} in one of them; known to the minute, or coarser in long runs.
            </p>`
        : ''
    }`;
}
