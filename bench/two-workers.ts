import type { Benchmark, Open, Size } from './harness/benchmark.js';
import { Site } from './harness/site.js';
import type { Steady } from './harness/steady.js';
import { steadyRun } from './harness/steady-run.js';

const SLOTS_OF_A_WORKER = 50;
const WORK = { full: { chunks: 300, latencyMs: 1_000 }, small: { chunks: 15, latencyMs: 100 } };

export const twoWorkers: Benchmark = {
  name: 'two-workers',
  measures: 'Answers a second of two worker processes that share a limit, against one with half the limit.',
  aims: { ratio: { unit: 'times the answers of one', goal: { atLeast: 1.9 }, ideal: 2 } },
  async run(size, open) {
    const one = await measure(1, size, open);
    const two = await measure(2, size, open);
    return {
      figures: { ratio: two.steady.answeredPerSecond / one.steady.answeredPerSecond },
      conditions: { ...two.conditions, slots: [one.conditions.slots, two.conditions.slots], workers: [1, 2] },
      details: { one: one.steady, two: two.steady },
    };
  },
};

async function measure(
  workers: number,
  size: Size,
  open: Open,
): Promise<{ steady: Steady; conditions: Site['conditions'] }> {
  const bench = await open();
  const site = await Site.open(bench, { ...WORK[size], slots: workers * SLOTS_OF_A_WORKER });
  const steady = await steadyRun(site, workers);
  await bench.close();
  return { steady, conditions: site.conditions };
}
