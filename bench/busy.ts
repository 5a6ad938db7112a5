import type { Benchmark, Size } from './harness/benchmark.js';
import { CALLS_PER_CHUNK, Site, type Work } from './harness/site.js';
import { steadyRun } from './harness/steady-run.js';

/** Of slots, over the steady part: the defaults, and as many as larger accounts allow. */
const SLOTS = { busyOf50: 50, busyOf200: 200 };

const WORK: Record<Size, Pick<Work, 'chunks' | 'latencyMs'>> = {
  full: { chunks: 600, latencyMs: 1_000 },
  small: { chunks: 15, latencyMs: 100 },
};

export const busy: Benchmark = {
  name: 'busy',
  measures: 'How many of the slots have a call in flight, on the average over the steady part of a run.',
  aims: {
    busyOf50: { unit: 'of 50 slots', goal: { atLeast: 0.98 }, ideal: 1 },
    busyOf200: { unit: 'of 200 slots', goal: { atLeast: 0.9 }, ideal: 1 },
  },
  async run(size, open) {
    const figures: Record<string, number> = {};
    const details: Record<string, unknown> = {};
    let conditions = {};
    for (const [name, slots] of Object.entries(SLOTS)) {
      const bench = await open();
      const site = await Site.open(bench, { ...WORK[size], slots });
      const steady = await steadyRun(site);
      await bench.close();
      figures[name] = steady.inFlight / slots;
      details[name] = steady;
      conditions = { ...site.conditions, slots: Object.values(SLOTS), calls: WORK[size].chunks * CALLS_PER_CHUNK };
    }
    return { figures, conditions, details };
  },
};
