import { type Html, html } from '../html.js';
import type { ReportData } from '../report-data.js';
import { table } from './table.js';

export function renderSettings({ settings, prompts, plan, program, asOf }: ReportData): Html {
  const rows = Object.entries(settings).map(([key, value]) => [html`<code>${key}</code>`, value]);
  const hashes = Object.entries(prompts).map(([step, hash]) => [step, html`<code>${hash}</code>`]);
  return html`${table(
      [
        { title: 'setting', kind: 'text' },
        { title: 'value', kind: 'text' },
      ],
      rows,
    )}
    <h3>Prompts</h3>
    ${table(
      [
        { title: 'step', kind: 'text' },
        { title: 'hash of the prompt in force', kind: 'text' },
      ],
      hashes,
    )}
    <p class="soft">Plan <code>${plan}</code>, program <code>${program}</code>; collected at ${asOf}.</p>`;
}
