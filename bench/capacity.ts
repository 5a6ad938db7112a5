import type { Benchmark, Size } from './harness/benchmark.js';
import { type BareWork, measureBare } from './harness/bare/measure.js';
import { Site, type Work } from './harness/site.js';
import { steadyRun } from './harness/steady-run.js';

const WORK: Record<Size, Work> = {
  full: { chunks: 800, slots: 400, latencyMs: 200 },
  small: { chunks: 15, slots: 400, latencyMs: 200 },
};
const BARE: Record<Size, BareWork> = {
  full: { chunks: 400, slots: 400, latencyMs: 200, worthyOneIn: 1 },
  small: { chunks: 8, slots: 400, latencyMs: 200, worthyOneIn: 1 },
};

export const capacity: Benchmark = {
  name: 'capacity',
  measures: 'How many calls a second the whole of server, worker and model gets through where nothing holds it back.',
  aims: {
    callsPerSecond: { unit: 'calls/s', goal: { atLeast: 240 } },
  },
  async run(size, open) {
    const bare = await measureBare(open, BARE[size]);
    const site = await Site.open(await open(), WORK[size]);
    const steady = await steadyRun(site);
    return {
      figures: { callsPerSecond: steady.answeredPerSecond },
      ideals: { callsPerSecond: bare.callsPerSecond },
      conditions: site.conditions,
      details: { ...steady, bare },
    };
  },
};
