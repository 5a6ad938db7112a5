import { formatCount } from '../../format.js';
import { attentionLines, countCalls, limitersOf, spentParts } from '../describe-status.js';
import { describeRetries } from '../describe-failures.js';
import { describeSlowdown } from '../describe-limiter.js';
import { showInvisible } from '../../show-invisible.js';
import { wrapText } from '../../wrap-text.js';
import { describeForecast, describeRate } from './describe-forecast.js';
import { fitWidth } from './fit-width.js';
import { funnelRows } from './funnel-rows.js';
import { describeProjection } from './describe-projection.js';
import type { Shown } from './forecast-view.js';

export type Tone = 'heading' | 'plain' | 'attention' | 'aside';

export interface Row {
  text: string;
  tone: Tone;
}

/** Rows of one subject; where the screen is low, those with the highest number go first. */
interface Block {
  rows: string[];
  tone: Tone;
  /** 0 stays to the last. */
  rank: number;
}

export interface ScreenSize {
  columns: number;
  rows: number;
}

const LONGEST_BAR = 24;
const SHORTEST_BAR = 8;
/** A bar takes a quarter of the width at most: the words beside it say more. */
const BAR_PART = 4;
/** Of each thing that a person should know, so many rows. */
const ATTENTION_ROWS = 3;

/** The live view: no row wider than the screen, and no more rows than leave one free below. */
export function renderRows(shown: Shown, { columns, rows }: ScreenSize): Row[] {
  return fitHeight(blocksOf(shown, columns), Math.max(1, rows - 1)).flatMap(({ rows: texts, tone }) =>
    texts.map((text) => ({ text: fitWidth(showInvisible(text), columns), tone })),
  );
}

function blocksOf(shown: Shown, columns: number): Block[] {
  const { status, page } = shown;
  const heading: Block = { rows: [headingOf(shown)], tone: 'heading', rank: 3 };
  // What an ended run came to is printed whole.
  if (status.state !== 'running') return [heading];
  const attention: Block[] = attentionLines(status).map((line) => ({
    rows: wrapText(line, columns).slice(0, ATTENTION_ROWS),
    tone: 'attention',
    rank: 1,
  }));
  const aside: Block[] = page === '' ? [] : [{ rows: [page], tone: 'aside', rank: 6 }];
  if (status.chunks === 0) return [heading, ...attention, ...aside];
  return [
    heading,
    { rows: [barLine(shown, columns)], tone: 'plain', rank: 0 },
    { rows: funnelRows(status.funnel, columns), tone: 'plain', rank: 5 },
    { rows: [callsLine(shown)], tone: 'plain', rank: 2 },
    ...moneyBlock(shown),
    ...attention,
    ...aside,
  ];
}

function fitHeight(blocks: readonly Block[], rows: number): Block[] {
  const kept = [...blocks];
  const height = () => kept.reduce((sum, block) => sum + block.rows.length, 0);
  while (kept.length > 1 && height() > rows) {
    const highest = Math.max(...kept.map(({ rank }) => rank));
    kept.splice(
      kept.findLastIndex(({ rank }) => rank === highest),
      1,
    );
  }
  return kept.map((block) => ({ ...block, rows: block.rows.slice(0, rows) }));
}

/** `books-1a2b3c: processing` */
function headingOf({ status: { run, state, stage, paused } }: Shown): string {
  if (state !== 'running') return `${run}: ${state}`;
  return `${run}: ${stage ?? 'starting'}${paused ? ', paused' : ''}`;
}

/** `[####....] 41 %  1,204 of 2,940 chunks  3.1 chunks/min  about 12 min left` */
function barLine({ status, forecast }: Shown, columns: number): string {
  const { chunks, funnel } = status;
  const done = funnel.chunks.in;
  // Only what is done is called done.
  const share = done === chunks ? 1 : Math.min(0.99, forecast.share);
  const width = Math.max(SHORTEST_BAR, Math.min(LONGEST_BAR, Math.floor(columns / BAR_PART)));
  const filled = Math.floor(width * share);
  const bar = `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}]`;
  const counts = `${formatCount(done)} of ${formatCount(chunks)} chunks`;
  const parts = [`${bar} ${Math.floor(share * 100)} %`, counts, ...describeForecast(forecast)];
  const whole = parts.join('  ');
  // Where there is no room, the time left matters more than the speed.
  return whole.length <= columns ? whole : parts.filter((part) => !part.endsWith('/min')).join('  ');
}

/** `38 of 50 calls in flight, 212 calls/min; tried again: 9 x 429, 5 x timeout` */
function callsLine({ status, forecast: { callsPerMinute } }: Shown): string {
  const { inFlight, limit } = countCalls(status);
  const speed = callsPerMinute === undefined ? '' : `, ${describeRate(callsPerMinute)} calls/min`;
  const retries = describeRetries(limitersOf(status));
  const parts = [
    `${inFlight} of ${limit} calls in flight${speed}`,
    ...describeSlowdown(limitersOf(status)),
    ...(retries === '' ? [] : [`tried again: ${retries}`]),
  ];
  return parts.join('; ');
}

/** `1,204,000 tokens paid; 3.20 of 5.00 spent, about 12 in all` */
function moneyBlock({ status: { spent }, forecast }: Shown): Block[] {
  const parts = spent === undefined ? [] : spentParts(spent);
  if (parts.length === 0) return [];
  const text = `${parts.join('; ')}${describeProjection(forecast)}`;
  return [{ rows: [text], tone: 'plain', rank: 4 }];
}
