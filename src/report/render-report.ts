import { createHash } from 'node:crypto';
import { type Html, html, raw } from './html.js';
import type { ReportData } from './report-data.js';
import { renderDrops, renderVotes } from './sections/decisions.js';
import { renderHead } from './sections/head.js';
import { renderOutput, renderSamples } from './sections/output.js';
import { renderSpending } from './sections/spending.js';
import { renderTimeline } from './sections/timeline.js';
import { renderFunnel, renderSources } from './sections/funnel.js';
import { renderSettings } from './sections/settings.js';
import { LEAFING, STYLE } from './style.js';

const SECTIONS: readonly { id: string; title: string; render: (data: ReportData) => Html }[] = [
  { id: 'output', title: 'What came out', render: renderOutput },
  { id: 'samples', title: 'Samples', render: renderSamples },
  { id: 'funnel', title: 'From chunks to conversations', render: renderFunnel },
  { id: 'sources', title: 'Sources', render: renderSources },
  { id: 'dropped', title: 'What was thrown away, and why', render: renderDrops },
  { id: 'votes', title: 'Votes', render: renderVotes },
  { id: 'cost', title: 'Calls, tokens and money', render: renderSpending },
  { id: 'time', title: 'Over time', render: renderTimeline },
  { id: 'settings', title: 'Settings', render: renderSettings },
];

/** @param key stands in the page, for whoever wants to know whether it is up to date */
export function renderReport(data: ReportData, key: string): string {
  // Not a blank may come between the tags and the texts whose hashes are named.
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${raw(hashOf(STYLE))}'; script-src '${raw(hashOf(LEAFING))}'">
<meta name="augmentoolkit-report" content="${key}">
<title>${data.run}: report</title><style>${raw(STYLE)}</style></head><body>
${renderHead(data)}
<nav>${SECTIONS.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
${SECTIONS.map(({ id, title, render }) => html`<section id="${id}"><h2>${title}</h2>${render(data)}</section>\n`)}
<script>${raw(LEAFING)}</script></body></html>
`;
  return page.markup;
}

/** Nothing runs in the page but these very texts. */
function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
