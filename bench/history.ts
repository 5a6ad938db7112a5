import { until, type Workbench } from '../test/support/command-line.js';
import type { Benchmark, Size } from './harness/benchmark.js';
import { databaseBytes } from './harness/database-size.js';
import { readHistories, type Histories } from './harness/histories.js';
import { Site, type Work } from './harness/site.js';
import { wholeRun } from './harness/whole-run.js';

const WORK: Record<Size, Work> = {
  full: { chunks: 60, slots: 50, latencyMs: 100 },
  small: { chunks: 3, slots: 10, latencyMs: 50 },
};
const KIBIBYTE = 1_024;

export const history: Benchmark = {
  name: 'history',
  measures:
    'What a call adds to the history of its chunk and to the server database, over an agreeable and a mixed run.',
  aims: {
    bytes: { unit: 'bytes of chunk history a call', goal: { atMost: 1_300 } },
    events: { unit: 'events of chunk history a call', goal: { atMost: 5 } },
    database: { unit: 'bytes of database a call', goal: { atMost: 3_000 } },
  },
  async run(size, open) {
    const bench = await open();
    const site = await Site.open(bench, WORK[size]);
    const { database } = await bench.server();
    const before = await databaseBytes(database);
    const agreeable = await wholeRun(site);
    const mixed = await wholeRun(await site.another('mixed', { profile: 'mixed' }));
    const calls = agreeable.stats.calls + mixed.stats.calls;
    const histories = await settledHistories(bench, 2 * site.work.chunks);
    const grown = (await databaseBytes(database)) - before;
    const { bytes = Number.NaN, events = Number.NaN } = histories.processChunk ?? {};
    return {
      figures: { bytes: bytes / calls, events: events / calls, database: grown / calls },
      conditions: { ...site.conditions, profile: ['agreeable', 'mixed'] },
      details: { calls, histories, databaseKib: grown / KIBIBYTE },
    };
  },
};

/** The server lists an ended workflow a moment later with the whole of its history. */
async function settledHistories(bench: Workbench, chunks: number): Promise<Record<string, Histories>> {
  let histories: Record<string, Histories> = {};
  await until(`${chunks} chunks are listed`, async () => {
    histories = await readHistories(bench.temporalAddress);
    return histories.processChunk?.workflows === chunks;
  });
  return histories;
}
