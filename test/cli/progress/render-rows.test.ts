import { expect, it } from '@jest/globals';
import stringWidth from 'string-width';
import type { Forecast } from '../../../src/cli/progress/forecast.js';
import { renderRows } from '../../../src/cli/progress/render-rows.js';
import { SHOWN_TIMES } from '../../../src/cli/progress/shown-time.js';
import type { RunStatus } from '../../../src/cli/run-status.js';
import { NOTHING_DONE, statusOf } from './status-of.js';

const PAGE = 'http://127.0.0.1:8233/namespaces/default/workflows/books-1a2b3c';
const FORECAST: Forecast = {
  share: 0.41,
  isWaiting: false,
  callsPerMinute: 212.4,
  chunksPerMinute: 3.14,
  shownStep: SHOWN_TIMES.indexOf(15 * 60),
  tokens: 2_936_585,
  cost: 7.8,
};
const BLOCKED = `Worker a is blocked: 401 from ${'蜂'.repeat(30)}: the key is not known. It tries again about every 30 s.`;

function textsOf(columns: number, rows: number, rest: Partial<RunStatus> = {}, forecast = FORECAST): string[] {
  const shown = { status: statusOf(rest), forecast, page: PAGE };
  return renderRows(shown, { columns, rows }).map(({ text }) => text);
}

it('a wide screen shows all: how far, what came through each stage, speed, money, the page', () => {
  expect(textsOf(120, 24)).toEqual([
    'books-1a2b3c: processing',
    '[#########...............] 41 %  1,204 of 2,940 chunks  3.1 chunks/min  about 15 min left',
    '            chunks    worthy   questions    vetted   revised   conversations',
    'through      1,204       802       3,200     2,900     2,800           2,370',
    'rejected                 400                   280       100              30',
    'failed                     4                    20         0               0',
    '38 of 50 calls in flight, 212 calls/min; tried again: 9 x 429, 5 x timeout',
    '1,204,000 tokens paid; 3.20 of 5.00 spent, about 7.80 in all',
    PAGE,
  ]);
});

it('a narrow one has the funnel in one row, and keeps the time left rather than the speed', () => {
  const rows = textsOf(70, 24);
  expect(rows[1]).toBe('[######...........] 41 %  1,204 of 2,940 chunks  about 15 min left');
  expect(rows[2]).toBe('1,204 chunks > 802 worthy > 3,200 questions > 2,900 vetted > 2,800 re…');
});

it.each([1, 7, 20, 40, 80, 120])('no row is wider than a screen of %i columns', (columns) => {
  const texts = textsOf(columns, 50, { run: '蜂蜜の本'.repeat(9), attention: [BLOCKED], paused: true });
  expect(texts.length).toBeGreaterThan(0);
  for (const text of texts) expect(stringWidth(text)).toBeLessThanOrEqual(columns);
});

it.each([1, 2, 3, 5, 8, 10, 24])('a screen of %i rows keeps one free, and what matters most', (rows) => {
  const texts = textsOf(100, rows, { attention: [BLOCKED] });
  expect(texts.length).toBeLessThanOrEqual(Math.max(1, rows - 1));
  expect(texts.some((text) => text.includes('41 %'))).toBe(true);
  expect(texts.some((text) => text.includes('is blocked'))).toBe(rows >= 5);
});

it('what providers say steers no terminal', () => {
  const texts = textsOf(100, 24, { attention: ['\u001b[31mRed\r'] });
  expect(texts.filter((text) => text.includes('\u001b') || text.includes('\r'))).toEqual([]);
  expect(texts).toContain('⟨U+001B⟩[31mRed⟨U+000D⟩');
});

it('what a person should know is wrapped, not cut', () => {
  const texts = textsOf(60, 24, {
    attention: ['No worker is at work: `npx augmentoolkit worker` starts one more for this run'],
  });
  expect(texts).toContain('No worker is at work: `npx augmentoolkit worker` starts one');
  expect(texts).toContain('more for this run');
});

it('before there are chunks, only the stage is said', () => {
  expect(textsOf(80, 24, { ...NOTHING_DONE, chunks: 0, stage: 'preparing' })).toEqual([
    'books-1a2b3c: preparing',
    PAGE,
  ]);
});

it('a run that waits says so instead of a time', () => {
  const texts = textsOf(100, 24, { paused: true }, { share: 0.41, isWaiting: true });
  expect(texts[0]).toBe('books-1a2b3c: processing, paused');
  expect(texts[1]).toMatch(/1,204 of 2,940 chunks {2}waiting$/);
});

it('of a run that ended only that is said: its result follows', () => {
  expect(textsOf(80, 24, { state: 'completed' })).toEqual(['books-1a2b3c: completed']);
});

it('nothing is called done before it is', () => {
  expect(textsOf(100, 24, {}, { ...FORECAST, share: 1 })[1]).toContain(' 99 %');
  const { funnel } = statusOf();
  const done = { ...funnel, chunks: { ...funnel.chunks, in: 2_940 } };
  expect(textsOf(100, 24, { funnel: done }, { ...FORECAST, share: 0.9 })[1]).toContain(' 100 %');
});
