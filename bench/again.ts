import { Client, Connection } from '@temporalio/client';
import type { PrepareRunInput, PrepareRunResult } from '../src/activities/contract.js';
import { createPrepareRun } from '../src/activities/prepare-run.js';
import { findDocument, RunReader } from '../src/planning/run-reader.js';
import { openChunksFor } from '../src/planning/windows.js';
import type { ChunkRecord } from '../src/records.js';
import { readIdentity, type RunIdentity } from '../src/store/identity.js';
import { LocalStore } from '../src/store/local-store.js';
import { newAttempt } from '../test/support/attempt.js';
import type { Benchmark, Open, Size } from './harness/benchmark.js';
import { ChunkFinisher } from './harness/finished-chunks.js';
import { makeTemplates } from './harness/make-templates.js';
import { Site } from './harness/site.js';
import { wholeRun, type WholeRun } from './harness/whole-run.js';

const WORK = { slots: 50, latencyMs: 50 };
const CHUNKS: Record<Size, number> = { full: 20_000, small: 40 };
/** What the command takes for next to no chunks. */
const FEW_CHUNKS = 10;

export const again: Benchmark = {
  name: 'again',
  measures: 'How many chunks a second `run` gets through that are finished, from the command to its end.',
  aims: {
    chunksPerSecond: { unit: 'chunks/s', goal: { atLeast: 500 } },
    calls: { unit: 'calls', goal: { atMost: 0 }, ideal: 0 },
  },
  async run(size, open) {
    const few = await runAgain(open, FEW_CHUNKS);
    const many = await runAgain(open, CHUNKS[size]);
    return {
      figures: { chunksPerSecond: CHUNKS[size] / many.seconds, calls: few.stats.calls + many.stats.calls },
      conditions: { ...many.conditions, output: 'records copied from those of a run that was done' },
      details: {
        seconds: many.seconds,
        fixedSeconds: few.seconds,
        cpuSeconds: many.cpuSeconds,
        peakMemoryMb: many.peakMemoryMb,
      },
    };
  },
};

async function runAgain(open: Open, chunks: number): Promise<WholeRun & Pick<Site, 'conditions'>> {
  const templates = await makeTemplates(open);
  const site = await Site.open(await open(), { ...WORK, chunks });
  await site.start();
  await finishAll(site, templates);
  const run = await wholeRun(site, 0);
  const { conditions } = site;
  await site.bench.close();
  return { ...run, conditions };
}

/** Ends the run that was only started, and writes what it would have left. */
async function finishAll(site: Site, templates: readonly ChunkRecord[]): Promise<void> {
  const store = new LocalStore(site.output);
  const identity = await readIdentity(store);
  if (identity === undefined) throw new Error('the run was not started');
  await terminate(site.bench.temporalAddress, identity);
  const reader = new RunReader(store);
  const plan = await reader.plan(identity.plan);
  const openChunks = openChunksFor(site.work.slots);
  const prepare = createPrepareRun({ store, reader, leases: { waitForOthers: async () => {} } });
  const prepared = await newAttempt().run<[PrepareRunInput], PrepareRunResult, typeof prepare>(prepare, {
    plan: plan.fingerprint,
    openChunks,
  });
  const finisher = new ChunkFinisher(site.output, templates);
  for (let batch = 1; batch <= prepared.batches; batch += 1) {
    const { chunks } = await reader.manifestPage(plan.fingerprint, batch);
    for (const { id, fingerprint } of chunks) {
      const chunk = await reader.chunk(plan.fingerprint, id);
      finisher.finish({ chunk, fingerprint, textname: findDocument(plan, chunk.document).textname });
    }
  }
}

async function terminate(address: string, { run }: RunIdentity): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    await new Client({ connection }).workflow.getHandle(run).terminate('never to be worked on');
  } finally {
    await connection.close();
  }
}
