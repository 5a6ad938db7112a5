import { WorkflowFailedError } from '@temporalio/client';
import { aggregateWorkflowId, batchWorkflowId } from '../../src/ids.js';
import type { generateDataset } from '../../src/workflows/generate-dataset.js';
import type { RunProgress } from '../../src/workflows/messages.js';
import {
  aggregateOnCancelSignal,
  attentionSignal,
  batchProgressQuery,
  pauseSignal,
  resumeSignal,
  runProgressQuery,
} from '../../src/workflows/messages.js';
import type { processBatch } from '../../src/workflows/process-batch.js';
import { eventually } from '../support/eventually.js';
import { hasEvent, signalNames } from '../support/histories.js';
import { ScriptedRun } from '../support/scripted-run.js';
import { LONGEST_WORKFLOW } from '../support/workflow-host.js';
import { host } from './host.js';

/** Room for two batches at a time. */
const TWO_BATCHES = 80;
const ONE_BATCH = 1;

function startRun(run: ScriptedRun, openChunks = TWO_BATCHES) {
  host.serve(run);
  return host.client.workflow.start<typeof generateDataset>('generateDataset', {
    workflowId: run.name,
    taskQueue: host.queues.workflows,
    args: [{ context: run.context(host.queues), openChunks }],
    workflowExecutionTimeout: LONGEST_WORKFLOW,
  });
}

type RootHandle = Awaited<ReturnType<typeof startRun>>;

function batchOf(run: ScriptedRun, batch: number) {
  return host.client.workflow.getHandle<typeof processBatch>(batchWorkflowId(run.name, batch));
}

/** The run's progress as soon as it is as expected. */
function progressWhen(root: RootHandle, isExpected: (progress: RunProgress) => boolean): Promise<RunProgress> {
  return eventually(async () => {
    const progress = await root.query(runProgressQuery);
    return isExpected(progress) ? progress : undefined;
  });
}

function rootMessage(error: unknown): string {
  let cause = error as Error;
  while (cause.cause instanceof Error) cause = cause.cause;
  return cause.message;
}

describe('generateDataset', () => {
  it.concurrent('works through all batches and writes the dataset', async () => {
    const run = new ScriptedRun([['a', 'b'], ['c', 'd'], ['e']]).unsuitable('a', 'b', 'c', 'd', 'e');

    const root = await startRun(run);
    const result = await root.result();

    expect(result).toMatchObject({ end: 'complete', rows: 0, dropped: 5, funnel: { chunks: { in: 5, rejected: 5 } } });
    expect(result.totals.calls).toBe(5);
    expect(run.summaries).toHaveLength(1);
    expect(run.summaries[0]).toMatchObject({ run: run.name, plan: run.plan, end: 'complete', rows: 0, dropped: 5 });
    const { startTime } = await root.describe();
    expect(run.summaries[0]?.startedAt).toBe(startTime.toISOString());
    expect(Date.parse(run.summaries[0]?.endedAt ?? '')).toBeGreaterThanOrEqual(startTime.getTime());
  });

  it.concurrent('keeps a window of batches open, and says which', async () => {
    const run = new ScriptedRun([['a'], ['b'], ['c']]).unsuitable('a', 'b', 'c');
    const [a, b, c] = ['a', 'b', 'c'].map((chunk) => run.model.hold(`${chunk}/judge`));
    const root = await startRun(run);
    await Promise.all([a?.reached, b?.reached]);

    const first = await root.query(runProgressQuery);
    expect(first).toMatchObject({ stage: 'processing', chunks: 3, paused: false, funnel: { chunks: { in: 0 } } });
    expect(first.openBatches).toEqual([1, 2].map((batch) => batchWorkflowId(run.name, batch)));
    a?.open();
    await c?.reached;
    const second = await root.query(runProgressQuery);
    expect(second).toMatchObject({ funnel: { chunks: { in: 1, rejected: 1 } }, totals: { calls: 1 } });
    expect(second.openBatches).toEqual([2, 3].map((batch) => batchWorkflowId(run.name, batch)));
    b?.open();
    c?.open();
    await root.result();
    expect(await root.query(runProgressQuery)).toMatchObject({ stage: 'finished', openBatches: [] });
  });

  it.concurrent('fails, and names the stage, where the accounts do not balance', async () => {
    const run = new ScriptedRun([['a', 'b']]).unsuitable('a', 'b');
    run.lost.add('b');

    const failure = await (await startRun(run)).result().catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(WorkflowFailedError);
    expect(rootMessage(failure)).toBe(
      'The accounts do not balance at chunks: chunks rejected in the records: 2 expected, 1 found',
    );
    expect(run.summaries).toEqual([]);
  });

  it.concurrent('fails where a batch breaks', async () => {
    const run = new ScriptedRun([['a'], ['b']]).unsuitable('a', 'b');
    run.brokenBatches.add(1);

    const failure = await (await startRun(run)).result().catch((error: unknown) => error);

    expect(rootMessage(failure)).toBe('batch 1 is broken');
    expect(run.summaries).toEqual([]);
  });

  describe('cancelled', () => {
    it.concurrent('stops for good', async () => {
      const run = new ScriptedRun([['a', 'b']]).unsuitable('a', 'b');
      const a = run.model.hold('a/judge');
      const root = await startRun(run, ONE_BATCH);
      await a.reached;
      await root.cancel();

      await expect(root.result()).rejects.toThrow(WorkflowFailedError);
      a.open();
      expect((await root.describe()).status.name).toBe('CANCELLED');
      expect(run.summaries).toEqual([]);
    });

    it.concurrent('writes the dataset from what is complete, if told so before', async () => {
      const run = new ScriptedRun([['a', 'b']]).unsuitable('a', 'b');
      const b = run.model.hold('b/judge');
      const root = await startRun(run, ONE_BATCH);
      await b.reached;
      await root.signal(aggregateOnCancelSignal);
      await root.cancel();

      const result = await root.result();
      b.open();
      expect(result).toMatchObject({ end: 'cancelled', funnel: { chunks: { in: 2, rejected: 1, notRun: 1 } } });
      expect(run.summaries[0]).toMatchObject({ end: 'cancelled', dropped: 2 });
    });

    it.concurrent('writes nothing before all batches have ended', async () => {
      const run = new ScriptedRun([['a'], ['b']]).unsuitable('a', 'b');
      const a = run.model.hold('a/judge');
      const writing = run.hold('recordChunk');
      const root = await startRun(run);
      await Promise.all([a.reached, writing.reached]);
      await root.signal(aggregateOnCancelSignal);
      await root.cancel();
      await eventually(() => hasEvent(root, 'childWorkflowExecutionCanceledEventAttributes'));

      expect(await root.query(runProgressQuery)).toMatchObject({ stage: 'processing' });
      writing.open();
      a.open();
      expect((await root.result()).funnel.chunks).toMatchObject({ in: 2, rejected: 1, notRun: 1 });
    });

    it.concurrent('while the dataset is written, still writes it', async () => {
      const run = new ScriptedRun([['a']]).unsuitable('a');
      const writing = run.hold('writeDataset');
      const root = await startRun(run);
      await writing.reached;
      await root.cancel();
      await eventually(() => hasEvent(root, 'workflowExecutionCancelRequestedEventAttributes'));
      writing.open();

      expect(await root.result()).toMatchObject({ end: 'complete' });
      const aggregate = await host.client.workflow.getHandle(aggregateWorkflowId(run.name)).describe();
      expect(aggregate.status.name).toBe('COMPLETED');
    });
  });

  describe('paused', () => {
    it.concurrent('before the first chunk, starts none until it is resumed', async () => {
      const run = new ScriptedRun([['a']]).unsuitable('a');
      run.paused = true;
      const root = await startRun(run);

      const progress = await progressWhen(root, ({ stage }) => stage === 'processing');
      expect(progress).toMatchObject({ paused: true, chunks: 1, openBatches: [] });
      await root.signal(resumeSignal);
      expect((await root.result()).funnel.chunks.in).toBe(1);
    });

    it.concurrent.each([
      { signal: pauseSignal, before: false, after: true },
      { signal: resumeSignal, before: true, after: false },
    ])('$after by a signal while it is prepared, follows the signal', async ({ signal, before, after }) => {
      const run = new ScriptedRun([['a']]).unsuitable('a');
      run.paused = before;
      const [preparing, a] = [run.hold('prepareRun'), run.model.hold('a/judge')];
      const root = await startRun(run);
      await preparing.reached;
      await root.signal(signal);
      preparing.open();

      expect(await progressWhen(root, ({ stage }) => stage === 'processing')).toMatchObject({ paused: after });
      a.open();
      await root.signal(resumeSignal);
      await root.result();
    });

    it.concurrent('tells the open batches, and goes on when it is resumed', async () => {
      const run = new ScriptedRun([['a', 'b']]).unsuitable('a', 'b');
      const a = run.model.hold('a/judge');
      const root = await startRun(run, ONE_BATCH);
      await a.reached;
      await root.signal(pauseSignal);
      const batch = batchOf(run, 1);
      await eventually(async () => signalNames(await batch.fetchHistory()).includes('pause'));
      a.open();

      const paused = await eventually(async () => {
        const seen = await batch.query(batchProgressQuery);
        return seen.funnel.chunks.in === 1 ? seen : undefined;
      });
      expect(paused.openChunks).toEqual([]);
      await root.signal(resumeSignal);
      await root.result();
      expect(signalNames(await batch.fetchHistory())).toEqual(['pause', 'resume']);
    });

    it.concurrent('and resumed in a hurry, ends up as last told', async () => {
      const run = new ScriptedRun([['a', 'b']]).unsuitable('a', 'b');
      const a = run.model.hold('a/judge');
      const root = await startRun(run, ONE_BATCH);
      await a.reached;
      for (let times = 1; times <= 3; times += 1) {
        await root.signal(pauseSignal);
        await root.signal(resumeSignal);
      }
      a.open();

      await root.result();
      const told = signalNames(await batchOf(run, 1).fetchHistory());
      expect(told).toEqual(told.map((_, index) => (index % 2 === 0 ? 'pause' : 'resume')));
    });

    it.concurrent('while a batch is being started, tells it as soon as it is there', async () => {
      const old = new ScriptedRun([['a']], 'paused-early');
      const held = old.hold('findOpenChunks');
      host.serve(old);
      const left = await host.client.workflow.start<typeof processBatch>('processBatch', {
        workflowId: batchWorkflowId(old.name, 1),
        taskQueue: host.queues.workflows,
        args: [{ context: old.context(host.queues), batch: 1, window: 1, paused: false }],
        workflowExecutionTimeout: LONGEST_WORKFLOW,
      });
      await held.reached;
      const run = new ScriptedRun([['a']], old.name).unsuitable('a');
      const a = run.model.hold('a/judge');
      const root = await startRun(run);
      await eventually(() => hasEvent(root, 'startChildWorkflowExecutionFailedEventAttributes'));
      await root.signal(pauseSignal);
      await left.terminate('started anew');
      held.open();

      const { openBatches } = await progressWhen(root, (progress) => progress.openBatches.length > 0);
      expect(openBatches).toEqual([left.workflowId]);
      await eventually(async () => signalNames(await batchOf(run, 1).fetchHistory()).includes('pause'));
      a.open();
      await root.signal(resumeSignal);
      await root.result();
    });
  });

  it.concurrent('shows what a person should know until all is well again', async () => {
    const run = new ScriptedRun([['a']]).unsuitable('a');
    const a = run.model.hold('a/judge');
    const root = await startRun(run);
    await a.reached;

    await root.signal(attentionSignal, { source: 'logical model', message: 'blocked: 401 from api.example.com' });
    await root.signal(attentionSignal, { source: 'large model', message: 'blocked: 402 from api.example.com' });
    expect((await root.query(runProgressQuery)).attention).toEqual({
      'logical model': 'blocked: 401 from api.example.com',
      'large model': 'blocked: 402 from api.example.com',
    });
    await root.signal(attentionSignal, { source: 'logical model' });
    expect((await root.query(runProgressQuery)).attention).toEqual({
      'large model': 'blocked: 402 from api.example.com',
    });
    a.open();
    await root.result();
  });
});
