import type { Benchmark, Size } from './harness/benchmark.js';
import { openRateSite, RATE_WORK } from './harness/rate-site.js';

const RPM = 600;

/** Seconds. A model that counts by the minute answers nothing for most of the first. */
const TIMES: Record<Size, { settling: number; window: number }> = {
  full: { settling: 120, window: 180 },
  small: { settling: 1, window: 3 },
};

export const adaptive: Benchmark = {
  name: 'adaptive',
  measures: 'How much is used of a rate that nobody configured, once it was found out.',
  aims: {
    used: { unit: 'of the allowed rate', goal: { atLeast: 0.85 }, ideal: 1 },
    refused: { unit: 'of the calls refused', goal: { atMost: 0.05 }, ideal: 0 },
  },
  async run(size, open) {
    const { settling, window } = TIMES[size];
    const { log, close } = await openRateSite(open, { more: ['--rpm', String(RPM)] });
    const settled = await log.watch(settling);
    const figures = await log.watch(window);
    await close();
    return {
      figures: { used: figures.takenPerMinute / RPM, refused: figures.refused },
      conditions: { ...RATE_WORK, ...TIMES[size], rpm: RPM },
      details: { settling: settled, window: figures },
    };
  },
};
