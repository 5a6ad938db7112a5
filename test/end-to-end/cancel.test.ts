import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Rejection } from '../../src/outputs/rejections.js';
import type { RunSummary } from '../../src/outputs/run-summary.js';
import { finish, until, Workbench } from '../support/command-line.js';
import { readComparable, readJson, readJsonLines, readRecordedCalls } from '../support/dataset.js';
import { readClosedReasons } from '../support/leases.js';

const MINUTES = 60_000;
/** One call at a time and no votes: the first chunk is complete long before the last. */
const ONE_BY_ONE = ['SYSTEM.CONCURRENCY_LIMIT=1', 'SYSTEM.DOUBLE_CHECK_COUNTER=0'];

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
}, MINUTES);
afterAll(() => bench.close(), MINUTES);

/** Ids of the open workflows of an output's run: root, batches, chunks, aggregation. */
async function openWorkflows(output: string): Promise<string[]> {
  const { run, address } = await readJson<{ run: string; address: string }>(output, 'state/identity.json');
  const connection = await Connection.connect({ address });
  try {
    const open: string[] = [];
    const query = `ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH '${run}'`;
    for await (const { workflowId } of new Client({ connection }).workflow.list({ query })) open.push(workflowId);
    return open;
  } finally {
    await connection.close();
  }
}

function recordsOf(name: string): Promise<string[]> {
  return readdir(join(bench.output(name), 'records')).catch(() => []);
}

async function expectNoneOpen(name: string): Promise<void> {
  // The list of workflows follows a little later.
  await until('no workflow is open', async () => (await openWorkflows(bench.output(name))).length === 0, 30_000);
}

describe('a run that is cancelled', () => {
  it(
    'in its midst, ends and records its calls, leaves no workflow, and goes on when it is given again',
    async () => {
      const model = await bench.model({ latencyMs: 500 });
      const settings = bench.settings(model, 'midst', 'SYSTEM.CONCURRENCY_LIMIT=20');
      const running = finish(bench.spawn('run', settings));
      await until('calls are made', () => model.stats().calls > 40 && model.stats().inFlight.now > 5);
      const cancelled = await bench.augmentoolkit('cancel', settings);
      expect(cancelled).toMatchObject({ code: 0 });
      expect(cancelled.stdout).toContain('The run is cancelled');
      const { code, stderr } = await running;
      expect(code).toBe(1);
      expect(stderr).toContain('`npx augmentoolkit run` goes on from the journal');
      expect((await readRecordedCalls(bench.output('midst'))).size).toBe(model.stats().calls);
      await expectNoneOpen('midst');
      const status = await bench.augmentoolkit('status', settings);
      expect(status.stdout).toContain('`npx augmentoolkit run` goes on from the journal');
      expect(await bench.augmentoolkit('cancel', settings)).toMatchObject({ code: 2 });

      expect(await bench.augmentoolkit('run', settings)).toMatchObject({ code: 0 });
      expect(model.stats()).toMatchObject({ repeats: { count: 0, afterAbandoned: 0 } });
    },
    5 * MINUTES,
  );

  it(
    'with a dataset from what is complete, is completed when it is given again',
    async () => {
      const fast = await bench.model();
      const undisturbed = bench.settings(fast, 'undisturbed', ...ONE_BY_ONE);
      expect(await bench.augmentoolkit('run', undisturbed)).toMatchObject({ code: 0 });

      const model = await bench.model({ latencyMs: 300 });
      const settings = bench.settings(model, 'partly', ...ONE_BY_ONE);
      const output = bench.output('partly');
      const running = finish(bench.spawn('run', [...settings, '--json']));
      await until('a chunk is complete', async () => (await recordsOf('partly')).length > 0);
      const cancelled = await bench.augmentoolkit('cancel', [...settings, '--aggregate']);
      expect(cancelled).toMatchObject({ code: 0 });
      expect(await running).toMatchObject({ code: 0 });
      const { end, funnel } = await readJson<RunSummary>(output, 'run.json');
      expect(end).toBe('cancelled');
      expect(funnel.chunks.notRun).toBeGreaterThan(0);
      expect(funnel.chunks.accepted).toBeGreaterThan(0);
      expect(funnel.chunks.in).toBe(funnel.chunks.accepted + funnel.chunks.notRun);
      const dropped = await readJsonLines<Rejection>(output, 'rejected.jsonl');
      expect(dropped.filter(({ state }) => state === 'not run')).toHaveLength(funnel.chunks.notRun);
      expect((await bench.augmentoolkit('status', settings)).stdout).toContain('`npx augmentoolkit run` does the rest');
      await expectNoneOpen('partly');

      const again = bench.settings(fast, 'partly', ...ONE_BY_ONE);
      const calls = fast.stats().calls;
      expect(await bench.augmentoolkit('run', again)).toMatchObject({ code: 0 });
      expect(fast.stats().calls + model.stats().calls).toBe(2 * calls);
      expect(await readComparable(output)).toEqual(await readComparable(bench.output('undisturbed')));
    },
    5 * MINUTES,
  );

  it(
    'before any worker is at work, is so when one comes, with the dataset that was asked for',
    async () => {
      const model = await bench.model();
      const settings = bench.settings(model, 'early', 'SYSTEM.USE_SUBSET=true', 'SYSTEM.SUBSET_SIZE=2');
      expect(await bench.augmentoolkit('start', settings)).toMatchObject({ code: 0 });
      const cancelled = await bench.augmentoolkit('cancel', [...settings, '--aggregate']);
      expect(cancelled.stdout).toContain('as soon as a worker is at work');
      const worker = bench.spawn('worker', settings);
      expect(await bench.augmentoolkit('watch', settings)).toMatchObject({ code: 1 });
      const { end, funnel } = await readJson<RunSummary>(bench.output('early'), 'run.json');
      expect({ end, chunks: funnel.chunks }).toMatchObject({ end: 'cancelled', chunks: { in: 2, notRun: 2 } });
      expect(model.stats().calls).toBe(0);
      await expectNoneOpen('early');
      worker.kill('SIGTERM');
    },
    5 * MINUTES,
  );

  it(
    'while it is paused, ends all the same, and twice is not too much',
    async () => {
      const model = await bench.model({ latencyMs: 200 });
      const settings = bench.settings(model, 'paused', 'SYSTEM.CONCURRENCY_LIMIT=5');
      const running = finish(bench.spawn('run', settings));
      await until('calls are made', () => model.stats().calls > 20);
      expect(await bench.augmentoolkit('pause', settings)).toMatchObject({ code: 0 });
      await until('the worker obeys', async () => (await readClosedReasons(bench.output('paused'))).includes('paused'));
      const both = await Promise.all([1, 2].map(() => bench.augmentoolkit('cancel', settings)));
      expect(both.map(({ code }) => code)).toContain(0);
      expect(await running).toMatchObject({ code: 1 });
      await expectNoneOpen('paused');
      expect(model.stats()).toMatchObject({ repeats: { count: 0, afterAbandoned: 0 } });
    },
    5 * MINUTES,
  );
});
