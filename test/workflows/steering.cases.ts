import type { RunProgress } from '../../src/workflows/messages.js';
import {
  attentionSignal,
  batchProgressQuery,
  pauseSignal,
  resumeSignal,
  runProgressQuery,
} from '../../src/workflows/messages.js';
import { eventually } from '../support/eventually.js';
import { hasEvent, signalNames } from '../support/histories.js';
import { ScriptedRun } from '../support/scripted-run.js';
import { batchOf, ONE_BATCH, startBatch, startDataset } from '../support/start-workflows.js';
import { host } from './host.js';

type RootHandle = Awaited<ReturnType<typeof startDataset>>;

/** The run's progress as soon as it is as expected. */
function progressWhen(root: RootHandle, isExpected: (progress: RunProgress) => boolean): Promise<RunProgress> {
  return eventually(async () => {
    const progress = await root.query(runProgressQuery);
    return isExpected(progress) ? progress : undefined;
  });
}

describe('a run that is paused', () => {
  it.concurrent('before the first chunk, starts none until it is resumed', async () => {
    const run = new ScriptedRun([['a']]).unsuitable('a');
    run.paused = true;
    const root = await startDataset(host, run);

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
    const root = await startDataset(host, run);
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
    const root = await startDataset(host, run, ONE_BATCH);
    await a.reached;
    await root.signal(pauseSignal);
    const batch = batchOf(host, run, 1);
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
    const root = await startDataset(host, run, ONE_BATCH);
    await a.reached;
    for (let times = 1; times <= 3; times += 1) {
      await root.signal(pauseSignal);
      await root.signal(resumeSignal);
    }
    a.open();

    await root.result();
    const told = signalNames(await batchOf(host, run, 1).fetchHistory());
    expect(told).toEqual(told.map((_, index) => (index % 2 === 0 ? 'pause' : 'resume')));
  });

  it.concurrent('while a batch is being started, tells it as soon as it is there', async () => {
    const old = new ScriptedRun([['a']], 'paused-early');
    const held = old.hold('findOpenChunks');
    const left = await startBatch(host, old);
    await held.reached;
    const run = new ScriptedRun([['a']], old.name).unsuitable('a');
    const a = run.model.hold('a/judge');
    const root = await startDataset(host, run);
    await eventually(() => hasEvent(root, 'startChildWorkflowExecutionFailedEventAttributes'));
    await root.signal(pauseSignal);
    await left.terminate('started anew');
    held.open();

    const { openBatches } = await progressWhen(root, (progress) => progress.openBatches.length > 0);
    expect(openBatches).toEqual([left.workflowId]);
    await eventually(async () => signalNames(await batchOf(host, run, 1).fetchHistory()).includes('pause'));
    a.open();
    await root.signal(resumeSignal);
    await root.result();
  });
});

describe('a run with a closed model', () => {
  it.concurrent('shows what a person should know until all is well again', async () => {
    const run = new ScriptedRun([['a']]).unsuitable('a');
    const a = run.model.hold('a/judge');
    const root = await startDataset(host, run);
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
