import { emptyFunnel, emptyTotals } from '../../../src/accounting.js';
import type { RunStatus } from '../../../src/cli/run-status.js';
import type { LimiterState } from '../../../src/limiter-state.js';

/** A run in the middle of its work, but for what is given. */
export function statusOf(rest: Partial<RunStatus> = {}): RunStatus {
  return {
    run: 'books-1a2b3c',
    state: 'running',
    stage: 'processing',
    paused: false,
    chunks: 2_940,
    openBatches: 2,
    openChunks: 100,
    openCalls: [],
    notes: [],
    funnel: {
      chunks: { in: 1_204, accepted: 800, rejected: 400, failed: 4, notRun: 0 },
      worthy: 802,
      questions: { in: 3_200, accepted: 2_900, rejected: 280, failed: 20, notRun: 0 },
      pairs: { in: 2_900, accepted: 2_800, rejected: 100, failed: 0, notRun: 0 },
      conversations: { in: 2_400, accepted: 2_370, rejected: 30, failed: 0, notRun: 0 },
    },
    totals: { calls: 26_000, prompt: 1_000_000, cached: 0, completion: 204_000 },
    spent: {
      paid: { models: { small: { calls: 26_100, prompt: 1_000_000, cached: 0, completion: 204_000 } }, cost: 3.2 },
      maxCost: 5,
    },
    workers: [workerOf({ failures: { '429': 9, timeout: 5 } })],
    problems: [],
    attention: [],
    ...rest,
  };
}

function workerOf(limiter: Partial<LimiterState> = {}, worker = 'a'): RunStatus['workers'][number] {
  const logical = { limit: 50, inFlight: 38, waiting: 0, answered: 600, failures: {}, ...limiter };
  return { worker, limiters: { logical } };
}

export const NOTHING_DONE = { funnel: emptyFunnel(), totals: emptyTotals() };
