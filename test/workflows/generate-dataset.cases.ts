import { WorkflowFailedError } from '@temporalio/client';
import { aggregateWorkflowId, batchWorkflowId } from '../../src/ids.js';
import { aggregateOnCancelSignal, runProgressQuery } from '../../src/workflows/messages.js';
import { eventually } from '../support/eventually.js';
import { hasEvent } from '../support/histories.js';
import { ScriptedRun } from '../support/scripted-run.js';
import { ONE_BATCH, startDataset } from '../support/start-workflows.js';
import { host } from './host.js';

function rootMessage(error: unknown): string {
  let cause = error as Error;
  while (cause.cause instanceof Error) cause = cause.cause;
  return cause.message;
}

describe('generateDataset', () => {
  it.concurrent('works through all batches and writes the dataset', async () => {
    const run = new ScriptedRun([['a', 'b'], ['c', 'd'], ['e']]).unsuitable('a', 'b', 'c', 'd', 'e');

    const root = await startDataset(host, run);
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
    const root = await startDataset(host, run);
    await Promise.all([a?.reached, b?.reached]);

    const first = await root.query(runProgressQuery);
    expect(first).toMatchObject({ stage: 'processing', chunks: 3, paused: false, funnel: { chunks: { in: 0 } } });
    expect(first.openBatches.toSorted()).toEqual([1, 2].map((batch) => batchWorkflowId(run.name, batch)));
    a?.open();
    await c?.reached;
    const second = await root.query(runProgressQuery);
    expect(second).toMatchObject({ funnel: { chunks: { in: 1, rejected: 1 } }, totals: { calls: 1 } });
    expect(second.openBatches.toSorted()).toEqual([2, 3].map((batch) => batchWorkflowId(run.name, batch)));
    b?.open();
    c?.open();
    await root.result();
    expect(await root.query(runProgressQuery)).toMatchObject({ stage: 'finished', openBatches: [] });
  });

  it.concurrent('fails, and names the stage, where the accounts do not balance', async () => {
    const run = new ScriptedRun([['a', 'b']]).unsuitable('a', 'b');
    run.lost.add('b');

    const failure = await (await startDataset(host, run)).result().catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(WorkflowFailedError);
    expect(rootMessage(failure)).toBe(
      'The accounts do not balance at chunks: chunks rejected in the records: 2 expected, 1 found. ' +
        'Give the same command again: what is missing is made again from the journal, without a call',
    );
    expect(run.summaries).toEqual([]);
  });

  it.concurrent('fails where a batch breaks', async () => {
    const run = new ScriptedRun([['a'], ['b']]).unsuitable('a', 'b');
    run.brokenBatches.add(1);

    const failure = await (await startDataset(host, run)).result().catch((error: unknown) => error);

    expect(rootMessage(failure)).toBe('batch 1 is broken');
    expect(run.summaries).toEqual([]);
  });

  describe('cancelled', () => {
    it.concurrent('stops for good', async () => {
      const run = new ScriptedRun([['a', 'b']]).unsuitable('a', 'b');
      const a = run.model.hold('a/judge');
      const root = await startDataset(host, run, ONE_BATCH);
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
      const root = await startDataset(host, run, ONE_BATCH);
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
      const root = await startDataset(host, run);
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
      const root = await startDataset(host, run);
      await writing.reached;
      await root.cancel();
      await eventually(() => hasEvent(root, 'workflowExecutionCancelRequestedEventAttributes'));
      writing.open();

      expect(await root.result()).toMatchObject({ end: 'complete' });
      const aggregate = await host.client.workflow.getHandle(aggregateWorkflowId(run.name)).describe();
      expect(aggregate.status.name).toBe('COMPLETED');
    });
  });
});
