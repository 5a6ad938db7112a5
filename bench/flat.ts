import type { Benchmark, Open, Size } from './harness/benchmark.js';
import { measureBare } from './harness/bare/measure.js';
import { type Histories, readHistories } from './harness/histories.js';
import { Site, type Work } from './harness/site.js';
import { secondsOf } from './harness/steady.js';
import { wholeRun } from './harness/whole-run.js';

/** A text of which hardly anything is worth a question: chunks end soon, and what limits is how fast they begin. */
const WORTHY_ONE_IN = 20;
const WORK = { slots: 200, latencyMs: 50, judgeNo: 1 - 1 / WORTHY_ONE_IN };
const CHUNKS: Record<Size, [few: number, many: number]> = { full: [1_000, 20_000], small: [20, 60] };
/** Far below 10,240, from which on the server warns. */
const MOST_EVENTS = 4_000;

export const flat: Benchmark = {
  name: 'flat',
  measures: 'How many chunks a second end whose paragraph is mostly rejected, and whether many cost more than few.',
  aims: {
    manyPerSecond: { unit: 'chunks/s of many', goal: { atLeast: 36 } },
    fewPerSecond: { unit: 'chunks/s of few', goal: { atLeast: 40 } },
    memory: { unit: "times the worker's memory", goal: { atMost: 1.1 }, ideal: 1 },
    rootEvents: { unit: 'events of the root', goal: { atMost: MOST_EVENTS } },
    batchEvents: { unit: 'events of a batch', goal: { atMost: MOST_EVENTS } },
  },
  async run(size, open) {
    const { slots, latencyMs } = WORK;
    const bare = await measureBare(open, { chunks: CHUNKS[size][0], slots, latencyMs, worthyOneIn: WORTHY_ONE_IN });
    const few = await measure(open, { ...WORK, chunks: CHUNKS[size][0] });
    const many = await measure(open, { ...WORK, chunks: CHUNKS[size][1] });
    return {
      figures: {
        manyPerSecond: many.chunksPerSecond,
        fewPerSecond: few.chunksPerSecond,
        memory: many.peakMemoryMb / few.peakMemoryMb,
        rootEvents: many.histories.generateDataset?.mostEvents ?? Number.NaN,
        batchEvents: many.histories.processBatch?.mostEvents ?? Number.NaN,
      },
      ideals: { manyPerSecond: bare.chunksPerSecond, fewPerSecond: bare.chunksPerSecond },
      conditions: { ...many.conditions, chunks: CHUNKS[size] },
      details: { bare, few: few.details, many: many.details },
    };
  },
};

interface Flat {
  /** From the first call to the last. */
  chunksPerSecond: number;
  peakMemoryMb: number;
  histories: Record<string, Histories>;
  conditions: Record<string, unknown>;
  details: Record<string, unknown>;
}

/** On a server of its own: a database that is full already would be another condition. */
async function measure(open: Open, work: Work): Promise<Flat> {
  const site = await Site.open(await open(), work);
  const { stats, seconds, cpuSeconds, peakMemoryMb } = await wholeRun(site);
  const histories = await readHistories(site.bench.temporalAddress);
  const chunksPerSecond = work.chunks / secondsOf(stats);
  await site.bench.close();
  return {
    chunksPerSecond,
    peakMemoryMb,
    histories,
    conditions: site.conditions,
    details: { calls: stats.calls, commandSeconds: seconds, chunksPerSecond, peakMemoryMb, cpuSeconds, histories },
  };
}
