import { emptyFunnel } from '../../src/accounting.js';
import {
  attentionLines,
  countCalls,
  funnelTable,
  paidLines,
  progressLine,
  tokensLine,
} from '../../src/cli/describe-status.js';
import { formatCount, formatDuration } from '../../src/format.js';
import type { Paid } from '../../src/records.js';
import type { RunStatus } from '../../src/cli/run-status.js';

const FUNNEL = {
  ...emptyFunnel(),
  chunks: { in: 12, accepted: 10, rejected: 1, failed: 1, notRun: 0 },
  conversations: { in: 30, accepted: 27, rejected: 3, failed: 0, notRun: 0 },
};

function statusOf(rest: Partial<RunStatus> = {}): RunStatus {
  return {
    run: 'books-1a2b3c',
    state: 'running',
    stage: 'processing',
    paused: false,
    chunks: 45,
    openBatches: 1,
    openChunks: 33,
    openCalls: [],
    notes: [],
    funnel: FUNNEL,
    totals: { calls: 1_234, prompt: 1_000_000, cached: 250_000, completion: 80_000 },
    workers: [
      {
        worker: 'a',
        limiters: {
          logical: { limit: 25, inFlight: 25, waiting: 0, answered: 600, failures: {} },
          large: { limit: 5, inFlight: 1, waiting: 0, answered: 20, failures: {} },
        },
      },
      { worker: 'b', limiters: { logical: { limit: 25, inFlight: 24, waiting: 0, answered: 599, failures: {} } } },
    ],
    problems: [],
    attention: [],
    ...rest,
  };
}

describe('the progress line', () => {
  it('says in one line how far the run is', () => {
    expect(progressLine(statusOf())).toBe(
      'processing: 12 of 45 chunks done, 33 open; 27 conversations; 50 of 55 calls in flight; 1,219 calls answered',
    );
  });

  it('says what was paid, in tokens and, where prices are known, in money', () => {
    const models = { small: { calls: 3, prompt: 1_000_000, cached: 0, completion: 204_000, cost: 3.2 } };
    const line = (paid: Paid, maxCost = 0) => progressLine(statusOf({ spent: { paid, maxCost } }));
    expect(line({ models: {} })).toMatch(/calls answered$/);
    expect(line({ models })).toMatch(/; 1,204,000 tokens paid$/);
    expect(line({ models, cost: 3.2 })).toMatch(/; 1,204,000 tokens paid; 3.20 spent$/);
    expect(line({ models, cost: 3.2 }, 5)).toMatch(/; 1,204,000 tokens paid; 3.20 of 5.00 spent$/);
  });

  it('says what calls were made again for, over all workers', () => {
    const failing = { limit: 5, inFlight: 1, waiting: 0, answered: 20, failures: { '429': 12, timeout: 3 } };
    const workers = ['a', 'b'].map((worker) => ({ worker, limiters: { logical: failing } }));
    expect(progressLine(statusOf({ workers }))).toMatch(/; 40 calls answered; retried 24 x 429, 6 x timeout$/);
  });

  it('says what goes on before there is a manifest', () => {
    expect(progressLine(statusOf({ stage: 'preparing', chunks: 0 }))).toBe('preparing...');
    const { stage: _none, ...status } = statusOf({ chunks: 0 });
    expect(progressLine(status)).toBe('starting...');
  });

  it('says how the run ended', () => {
    expect(progressLine(statusOf({ state: 'cancelled' }))).toBe('The run is cancelled.');
  });
});

it('calls are counted over workers and queues', () => {
  expect(countCalls(statusOf())).toEqual({ inFlight: 50, limit: 55, answered: 1_219 });
  expect(countCalls(statusOf({ workers: [] }))).toEqual({ inFlight: 0, limit: 0, answered: 0 });
});

it('a pause comes first among what a person should know, with how to end it', () => {
  const attention = ['logical model: blocked: 401'];
  expect(attentionLines(statusOf({ attention }))).toEqual(attention);
  expect(attentionLines(statusOf({ attention, paused: true }))).toEqual([
    expect.stringContaining('npx augmentoolkit resume'),
    ...attention,
  ]);
});

it('the funnel is a table with straight columns', () => {
  const lines = funnelTable({
    ...FUNNEL,
    pairs: { in: 123_456, accepted: 123_456, rejected: 0, failed: 0, notRun: 0 },
  });
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
    ['', 'in', 'accepted', 'rejected', 'failed', 'not run'],
    ['chunks', '12', '10', '1', '1', '0'],
    ['questions', '0', '0', '0', '0', '0'],
    ['pairs', '123,456', '123,456', '0', '0', '0'],
    ['conversations', '30', '27', '3', '0', '0'],
  ]);
});

it('what was paid is listed model by model', () => {
  const small = { calls: 3, prompt: 900, cached: 0, completion: 80 };
  expect(paidLines({ models: {} })).toEqual([]);
  expect(paidLines({ models: { small } })).toEqual([
    'Paid in this folder so far',
    '  small: 3 model calls, 900 tokens in, 80 out: no price in PRICES',
  ]);
  expect(paidLines({ models: { small, large: { ...small, cost: 0.5 } }, cost: 0.5 }, 2)).toEqual([
    'Paid in this folder so far: 0.50 of 2.00',
    '  small: 3 model calls, 900 tokens in, 80 out: no price in PRICES',
    '  large: 3 model calls, 900 tokens in, 80 out: 0.50',
  ]);
});

it('tokens are told with what came from the cache, where something did', () => {
  expect(tokensLine(statusOf().totals)).toBe(
    "1,234 model calls, 1,000,000 tokens in (250,000 from the provider's cache), 80,000 out",
  );
  expect(tokensLine({ calls: 2, prompt: 30, cached: 0, completion: 4 })).toBe('2 model calls, 30 tokens in, 4 out');
});

it.each([
  [0, '0 s'],
  [1_499, '1 s'],
  [59_400, '59 s'],
  [59_600, '1 min 0 s'],
  [61_000, '1 min 1 s'],
  [3_599_600, '1 h 0 min'],
  [3_660_000, '1 h 1 min'],
  [90_000_000, '25 h 0 min'],
])('%i ms are %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

it('counts are grouped', () => {
  expect([7, 1_234, 12_345_678].map(formatCount)).toEqual(['7', '1,234', '12,345,678']);
});
