import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, Size } from './harness/benchmark.js';
import { type CallFigures, CallLog } from './harness/call-log.js';
import { ModelProcess } from './harness/model-process.js';
import { openRateSite, RATE_WORK } from './harness/rate-site.js';
import { requireSuccess } from './harness/site.js';

const RPM = 600;
/** A second's worth, and as much again that was saved up. */
const MOST_A_SECOND = (2 * RPM) / 60;

/** Seconds. */
const TIMES: Record<Size, { before: number; away: number; window: number }> = {
  full: { before: 30, away: 60, window: 60 },
  small: { before: 1, away: 1, window: 3 },
};

/** Part of the allowed calls that must come for the busiest second to mean anything. */
const LEAST_USED = 0.8;

const BUSIEST = { unit: 'calls in the busiest second', goal: { atMost: MOST_A_SECOND }, ideal: RPM / 60 };
const REFUSED = { unit: 'of the calls refused', goal: { atMost: 0.01 }, ideal: 0 };

export const noStorm: Benchmark = {
  name: 'no-storm',
  measures: 'How many calls come at once after a pause, and after the model was away.',
  aims: { afterPause: BUSIEST, refusedAfterPause: REFUSED, afterOutage: BUSIEST, refusedAfterOutage: REFUSED },
  async run(size, open) {
    const { before, away, window } = TIMES[size];
    const work = { more: ['--rpm', String(RPM)], settings: [`LIMITS.REQUESTS_PER_MINUTE=${RPM}`] };
    const { site, log, close } = await openRateSite(open, work);
    await log.watch(before);
    await requireSuccess('pause', site.spawn('pause'));
    await sleep(away * 1_000);
    const resumed = requireSuccess('resume', site.spawn('resume'));
    const paused = await log.watch(window);
    await resumed;

    await site.model.kill();
    await sleep(away * 1_000);
    const { port } = new URL(site.model.url);
    const back = await ModelProcess.start(site.bench, { ...RATE_WORK, more: [...work.more, '--port', port] });
    const outage = await new CallLog(back).watch(window);
    await close();
    if (size === 'full') [paused, outage].forEach(requireCalls);
    return {
      figures: {
        afterPause: paused.busiestSecond,
        refusedAfterPause: paused.refused,
        afterOutage: outage.busiestSecond,
        refusedAfterOutage: outage.refused,
      },
      conditions: { ...RATE_WORK, ...TIMES[size], rpm: RPM },
      details: { paused, outage },
    };
  },
};

/** Where nothing goes on there is no storm either. */
function requireCalls({ takenPerMinute }: CallFigures): void {
  if (takenPerMinute < LEAST_USED * RPM) throw new Error(`only ${takenPerMinute.toFixed(0)} calls a minute came back`);
}
