import type { Benchmark, Open, Size } from './harness/benchmark.js';
import type { CallFigures } from './harness/call-log.js';
import { openRateSite, RATE_WORK } from './harness/rate-site.js';

const RPM = 600;
const TPM = 300_000;
const REQUESTS = { more: ['--rpm', String(RPM)], settings: [`LIMITS.REQUESTS_PER_MINUTE=${RPM}`] };
const TOKENS = { more: ['--tpm', String(TPM)], settings: [`LIMITS.TOKENS_PER_MINUTE=${TPM}`] };

/** Seconds: workers join, the window, and, of one that is killed, until its death and until the others are to have its part. */
const TIMES: Record<Size, { warmUp: number; window: number; untilDeath: number; takeOver: number }> = {
  full: { warmUp: 15, window: 300, untilDeath: 120, takeOver: 30 },
  small: { warmUp: 1, window: 3, untilDeath: 1, takeOver: 2 },
};

const USED = { unit: 'of the allowed rate', goal: { atLeast: 0.95 }, ideal: 1 };
const REFUSED = { unit: 'of the calls refused', goal: { atMost: 0.01 }, ideal: 0 };

export const rates: Benchmark = {
  name: 'rates',
  measures: 'How much of configured requests and tokens a minute is used, and how many calls the model refuses.',
  aims: {
    usedRequests: USED,
    refusedRequests: REFUSED,
    usedTokens: USED,
    refusedTokens: REFUSED,
    usedByThree: USED,
    refusedByThree: REFUSED,
    usedAfterDeath: USED,
    refusedAfterDeath: REFUSED,
  },
  async run(size, open) {
    const turns = inTurns(size);
    // Once they are under way they need little of the machine, so that all can be measured at once.
    const [requests, tokens, three, death] = await Promise.all([
      turns(() => measure(open, size, REQUESTS)),
      turns(() => measure(open, size, TOKENS)),
      turns(() => measure(open, size, REQUESTS, 3)),
      turns(() => measureDeath(open, size)),
    ]);
    return {
      figures: {
        usedRequests: requests.takenPerMinute / RPM,
        refusedRequests: requests.refused,
        usedTokens: tokens.tokensPerMinute / TPM,
        refusedTokens: tokens.refused,
        usedByThree: three.takenPerMinute / RPM,
        refusedByThree: three.refused,
        usedAfterDeath: death.after.takenPerMinute / RPM,
        refusedAfterDeath: death.after.refused,
      },
      conditions: { ...RATE_WORK, ...TIMES[size], rpm: RPM, tpm: TPM, workers: [1, 1, 3, 3] },
      details: { requests, tokens, three, death },
    };
  },
};

/** The small size is one after the other: that takes no longer, and starting four servers and eight workers at once can be too much. */
function inTurns(size: Size): <Result>(part: () => Promise<Result>) => Promise<Result> {
  if (size === 'full') return (part) => part();
  let before: Promise<unknown> = Promise.resolve();
  return (part) => {
    const result = before.then(part);
    before = result.catch(() => {});
    return result;
  };
}

async function measure(open: Open, size: Size, work: typeof REQUESTS, workers = 0): Promise<CallFigures> {
  const { warmUp, window } = TIMES[size];
  const { log, close } = await openRateSite(open, work, workers);
  await log.watch(warmUp);
  const figures = await log.watch(window);
  await close();
  return figures;
}

/** One of three workers is killed; measured is what comes once the others are to have its part. */
async function measureDeath(open: Open, size: Size): Promise<Record<'before' | 'between' | 'after', CallFigures>> {
  const { warmUp, window, untilDeath, takeOver } = TIMES[size];
  const { log, workers, close } = await openRateSite(open, REQUESTS, 3);
  await log.watch(warmUp);
  const before = await log.watch(untilDeath);
  workers.shift()?.kill('SIGKILL');
  const between = await log.watch(takeOver);
  const after = await log.watch(window - untilDeath);
  await close();
  return { before, between, after };
}
