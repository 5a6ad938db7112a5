import { counted, formatCount } from '../../format.js';
import { columns } from '../charts.js';
import { type Html, html } from '../html.js';
import type { ReportData, Sample } from '../report-data.js';

export function renderOutput({ output: { rows, pairs, turns, tokens } }: ReportData): Html {
  if (rows === 0) {
    const why =
      pairs === 0
        ? 'Nothing came out so far.'
        : `${counted(pairs, 'pair')} stand, and no conversation was written from them.`;
    return html`<p>${why}</p>`;
  }
  const measured = tokens.measured < rows ? ` (measured on ${formatCount(tokens.measured)} of them)` : '';
  const what = `Conversations by length in tokens${measured}`;
  return html`<p>
      ${counted(rows, 'conversation')} from ${counted(pairs, 'pair')}: ${formatCount(turns)} turns,
      ${(turns / rows).toFixed(1)} a conversation; about ${formatCount(tokens.total)} tokens,
      ${formatCount(Math.round(tokens.mean))} a conversation on average and ${formatCount(tokens.most)} at
      most${measured}.
    </p>
    <h3>Length of conversations, in tokens</h3>
    ${columns(
      tokens.bins.map(({ upTo, rows: count }) => ({ label: `under ${formatCount(upTo)}`, value: count })),
      what,
    )}`;
}

export function renderSamples({ samples }: ReportData): Html {
  if (samples.length === 0) return html`<p>There is none yet.</p>`;
  return html`<p class="soft">Some conversations of the dataset, drawn by chance, beside what they were made from.</p>
    <div class="leaf" hidden>
      <button type="button">Back</button><output></output><button type="button">Next</button>
    </div>
    ${samples.map(renderSample)}`;
}

function renderSample({ id, textname, heading, paragraph, system, turns }: Sample): Html {
  return html`<article class="sample">
    <p class="soft">
      ${textname}${heading === undefined ? '' : `, ${heading}`}<br /><code>npx augmentoolkit inspect ${id}</code>
    </p>
    <div class="sides">
      <div>
        <h3>Source</h3>
        <p class="paragraph">${paragraph}</p>
      </div>
      <div>
        <h3>Conversation</h3>
        ${
          system === ''
            ? ''
            : html`<div class="turn">
                <b>System</b>
                <p>${system}</p>
              </div>`
        }${turns.map(
          ({ answers, speaker, text }) =>
            html`<div class="turn ${answers ? 'answers' : 'asks'}">
              <b>${speaker}</b>
              <p>${text}</p>
            </div>`,
        )}
      </div>
    </div>
  </article> `;
}
