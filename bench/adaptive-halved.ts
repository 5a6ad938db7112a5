import type { Benchmark, Size } from './harness/benchmark.js';
import { openRateSite, RATE_WORK } from './harness/rate-site.js';

const RPM = 600;
const HALF = RPM / 2;

/** Seconds: at the full rate, until the half is to be followed, and from then on. */
const TIMES: Record<Size, { settling: number; following: number; window: number }> = {
  full: { settling: 150, following: 30, window: 120 },
  small: { settling: 1, following: 1, window: 3 },
};

export const adaptiveHalved: Benchmark = {
  name: 'adaptive-halved',
  measures: 'How a run follows a model that allows half as much from one moment to the next.',
  aims: {
    used: { unit: 'of the halved rate', goal: { atLeast: 0.85 }, ideal: 1 },
    refused: { unit: 'of the calls refused', goal: { atMost: 0.05 }, ideal: 0 },
  },
  async run(size, open) {
    const { settling, following, window } = TIMES[size];
    const { site, log, close } = await openRateSite(open, { more: ['--rpm', String(RPM)] });
    const before = await log.watch(settling);
    await site.model.setLimits({ rpm: HALF });
    const between = await log.watch(following);
    const figures = await log.watch(window);
    await close();
    return {
      figures: { used: figures.takenPerMinute / HALF, refused: figures.refused },
      conditions: { ...RATE_WORK, ...TIMES[size], rpm: [RPM, HALF] },
      details: { before, between, window: figures },
    };
  },
};
