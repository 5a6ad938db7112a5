import { WorkflowFailedError } from '@temporalio/client';
import type { ChunkResult } from '../../src/run-context.js';
import { emptyFunnel } from '../../src/accounting.js';
import { batchProgressQuery, pauseSignal, resumeSignal } from '../../src/workflows/messages.js';
import { eventually } from '../support/eventually.js';
import { hasEvent } from '../support/histories.js';
import { FINGERPRINT, ScriptedRun } from '../support/scripted-run.js';
import { chunkOf, startBatch, startChunk } from '../support/start-workflows.js';
import { host } from './host.js';

/** Ids of the chunks that the model was asked about, in order. */
function begun(run: ScriptedRun): string[] {
  return [...new Set(run.model.calls.map(({ chunk }) => chunk))];
}

describe('processBatch', () => {
  it.concurrent('starts the chunks without a record only, and counts all of them', async () => {
    const run = new ScriptedRun([['a', 'b', 'c']]).unsuitable('b');
    const funnel = emptyFunnel();
    Object.assign(funnel.chunks, { in: 1, accepted: 1 });
    Object.assign(funnel.pairs, { in: 4, accepted: 3, rejected: 1 });
    const totals = { calls: 30, prompt: 300, cached: 200, completion: 40 };
    for (const chunk of ['a', 'c']) {
      run.finished.set(chunk, { chunk, state: 'accepted', funnel, totals } satisfies ChunkResult);
    }

    const result = await (await startBatch(host, run)).result();

    expect(begun(run)).toEqual(['b']);
    expect(result.funnel.chunks).toMatchObject({ in: 3, accepted: 2, rejected: 1 });
    expect(result.funnel.pairs).toMatchObject({ in: 8, accepted: 6, rejected: 2 });
    expect(result.totals).toEqual({ calls: 61, prompt: 610, cached: 404, completion: 82 });
  });

  it.concurrent('keeps a window of chunks open, and says which', async () => {
    const run = new ScriptedRun([['a', 'b', 'c']]).unsuitable('a', 'b', 'c');
    const [a, b] = [run.model.hold('a/judge'), run.model.hold('b/judge')];
    const batch = await startBatch(host, run);
    await Promise.all([a.reached, b.reached]);

    expect(await batch.query(batchProgressQuery)).toMatchObject({ openChunks: ['a', 'b'], funnel: emptyFunnel() });
    b.open();
    await eventually(() => begun(run).includes('c'));
    const progress = await eventually(async () => {
      const seen = await batch.query(batchProgressQuery);
      return seen.openChunks.length === 1 ? seen : undefined;
    });
    expect(progress).toMatchObject({ openChunks: ['a'], funnel: { chunks: { in: 2, rejected: 2 } } });
    a.open();
    await batch.result();
  });

  it.concurrent('tells a chunk which of its items are tried again', async () => {
    const run = new ScriptedRun([['again', 'other']]).unsuitable('other');
    run.rounds.set('again', { judge: 3 });
    run.model.answer('again/judge@3', { verdict: 'unsuitable', reason: 'an index page' });

    const { funnel } = await (await startBatch(host, run)).result();

    expect(funnel.chunks).toMatchObject({ in: 2, rejected: 2 });
    expect(run.model.calls.map(({ chunk, call }) => `${chunk}/${call}`).sort()).toEqual([
      'again/judge@3',
      'other/judge',
    ]);
  });

  it.concurrent('records a chunk whose workflow breaks as failed, and goes on', async () => {
    const run = new ScriptedRun([['broken', 'good']]).unsuitable('good');

    const { funnel } = await (await startBatch(host, run, { window: { chunks: 1, starts: 1 } })).result();

    expect(funnel.chunks).toMatchObject({ in: 2, rejected: 1, failed: 1 });
    expect(run.record('broken')).toEqual({
      chunk: 'broken',
      fingerprint: FINGERPRINT,
      until: 'conversations',
      state: 'failed',
      step: 'workflow',
      reason: 'its workflow broke: broken/judge is not in the script',
      judge: { calls: [] },
      generate: { calls: [] },
      questions: [],
      pairs: [],
      conversations: [],
      totals: { calls: 0, prompt: 0, cached: 0, completion: 0 },
    });
  });

  it.concurrent.each(['cancel', 'terminate'] as const)('survives that someone makes one chunk %s', async (end) => {
    const run = new ScriptedRun([['a', 'b']]).unsuitable('a', 'b');
    const a = run.model.hold('a/judge');
    const batch = await startBatch(host, run, { window: { chunks: 1, starts: 1 } });
    await a.reached;
    await chunkOf(host, run, 'a')[end]();

    const { funnel } = await batch.result();

    a.open();
    expect(funnel.chunks).toMatchObject({ in: 2, rejected: 1, failed: 1 });
    expect(run.record('a')).toMatchObject({ state: 'failed', step: 'workflow' });
  });

  it.concurrent('starts no chunk while paused', async () => {
    const run = new ScriptedRun([['a', 'b']]).unsuitable('a', 'b');
    const a = run.model.hold('a/judge');
    const batch = await startBatch(host, run, { window: { chunks: 1, starts: 1 } });
    await a.reached;
    await batch.signal(pauseSignal);
    a.open();

    const paused = await eventually(async () => {
      const seen = await batch.query(batchProgressQuery);
      return seen.funnel.chunks.in === 1 ? seen : undefined;
    });
    // A batch that goes on opens the next chunk at the moment it counts the last one.
    expect(paused.openChunks).toEqual([]);
    await batch.signal(resumeSignal);
    expect((await batch.result()).funnel.chunks.in).toBe(2);
  });

  it.concurrent('starts no chunk that waits for its turn when the run is paused', async () => {
    const chunks = Array.from({ length: 40 }, (_, index) => `chunk-${index}`);
    const run = new ScriptedRun([chunks]).unsuitable(...chunks);
    const batch = await startBatch(host, run, { window: { chunks: chunks.length, starts: 1 } });
    await eventually(() => hasEvent(batch, 'startChildWorkflowExecutionInitiatedEventAttributes'));
    await batch.signal(pauseSignal);
    const seen = await batch.query(batchProgressQuery);
    const hadBegun = seen.openChunks.length + seen.funnel.chunks.in;
    expect(hadBegun).toBeLessThan(chunks.length);
    await eventually(async () => (await batch.query(batchProgressQuery)).openChunks.length === 0);
    expect((await batch.query(batchProgressQuery)).funnel.chunks.in).toBe(hadBegun);
    await batch.signal(resumeSignal);
    expect((await batch.result()).funnel.chunks.in).toBe(chunks.length);
  });

  it.concurrent('begins paused in a run that is paused', async () => {
    const run = new ScriptedRun([['a']]).unsuitable('a');
    const batch = await startBatch(host, run, { paused: true });
    await eventually(() => hasEvent(batch, 'activityTaskCompletedEventAttributes'));

    expect(await batch.query(batchProgressQuery)).toMatchObject({ openChunks: [] });
    await batch.signal(resumeSignal);
    expect((await batch.result()).funnel.chunks.in).toBe(1);
  });

  it.concurrent('waits for a chunk that an ended run left behind', async () => {
    const old = new ScriptedRun([['a']], 'started-anew').unsuitable('a');
    const held = old.model.hold('a/judge');
    const left = await startChunk(host, old, 'a');
    await held.reached;

    const run = new ScriptedRun([['a']], 'started-anew').unsuitable('a');
    const batch = await startBatch(host, run);
    await eventually(() => hasEvent(batch, 'startChildWorkflowExecutionFailedEventAttributes'));
    await left.terminate('started anew');
    held.open();

    expect((await batch.result()).funnel.chunks).toMatchObject({ in: 1, rejected: 1 });
    expect(run.records).toHaveLength(1);
  });

  it.concurrent('is cancelled with its chunks, and not before a record that is being written', async () => {
    const run = new ScriptedRun([['a', 'b']]).unsuitable('a');
    const writing = run.hold('recordChunk');
    const batch = await startBatch(host, run, { window: { chunks: 1, starts: 1 } });
    await writing.reached;
    await batch.cancel();
    await eventually(() => hasEvent(chunkOf(host, run, 'a'), 'activityTaskCancelRequestedEventAttributes'));

    expect((await chunkOf(host, run, 'a').describe()).status.name).toBe('RUNNING');
    writing.open();
    await expect(batch.result()).rejects.toThrow(WorkflowFailedError);
    expect((await batch.describe()).status.name).toBe('CANCELLED');
    expect(run.records.map(({ chunk }) => chunk)).toEqual(['a']);
  });
});
