import type { WorkflowHandle } from '@temporalio/client';
import { aggregateWorkflowId } from '../../src/ids.js';
import type { ChunkResult } from '../../src/run-context.js';
import type { Pair } from '../../src/records.js';
import { emptyFunnel, emptyTotals } from '../../src/accounting.js';
import { aggregateOnCancelSignal, attentionSignal, pauseSignal, resumeSignal } from '../../src/workflows/messages.js';
import type { ChunkScenario } from '../support/chunk-scenario.js';
import { chunkScenario } from '../support/chunk-scenario.js';
import { eventually } from '../support/eventually.js';
import { hasEvent } from '../support/histories.js';
import { ScriptedRun } from '../support/scripted-run.js';
import { chunkOf, ONE_BATCH, startBatch, startDataset } from '../support/start-workflows.js';
import type { WorkflowHost } from '../support/workflow-host.js';

/** A workflow's way through its branches. It is played to its end; its history is what is kept. */
export interface Story {
  /** Of the file of its history. */
  name: string;
  play: (host: WorkflowHost) => Promise<WorkflowHandle>;
}

const SMALL = { doubleCheckCounter: 1, rearrangements: 1, questionVersions: 2 };
const FERRY: Pair = { question: 'Which wind stops the ferry?', answer: 'A north wind above force seven.' };
const CLOCK: Pair = { question: 'Who winds the clock of Port Ellery?', answer: 'The pilot on night watch.' };

export const STORIES: readonly Story[] = [
  chunk('chunk-accepted', () => chunkScenario({ rearrangements: 2 }).questions(2)),
  chunk('chunk-unsuitable', () => chunkScenario(SMALL).judge('unsuitable', 'an index')),
  chunk('chunk-refused', () => chunkScenario(SMALL).refuse('generate', 'content policy')),
  chunk('chunk-asked-again', () =>
    chunkScenario(SMALL).questions(1).unusable('judge', 'No verdict.').judge('suitable', 'full of facts', 'judge.b'),
  ),
  chunk('chunk-improved', () =>
    chunkScenario({ ...SMALL, doubleCheckCounter: 2 })
      .questions(2)
      .vote('q1.v1.accuracy.1', 'no', 'the mate winds it')
      .regenerate(1, 2, FERRY)
      .reword('q1.revise', CLOCK)
      .drop('q2.revise', 'asks about "the above"'),
  ),
  chunk('chunk-undecided', () =>
    chunkScenario({ ...SMALL, questionVersions: 1 })
      .questions(1)
      .refuse('q1.v1.question.1', 'content policy'),
  ),
  chunk('chunk-conversation-rejected', () =>
    chunkScenario({ ...SMALL, conversationAttempts: 1 })
      .questions(1)
      .unusable('c1.conversation', 'An empty turn.'),
  ),
  chunk('chunk-role-play', () => chunkScenario({ ...SMALL, assistantMode: false, rearrangements: 2 }).questions(2)),
  chunk('chunk-without-scenario', () =>
    chunkScenario({ ...SMALL, assistantMode: false })
      .questions(1)
      .unusable('c1.scenario', 'No scenario.')
      .unusable('c1.scenario.b', 'A dialogue.'),
  ),
  chunk('chunk-pairs-only', () => chunkScenario({ ...SMALL, until: 'pairs' }).questions(2)),
  chunk('chunk-retried', () =>
    chunkScenario(SMALL)
      .retry({ q1: 2, c1: 3 })
      .questions(1)
      .unusable('q1.v1.accuracy.1@2', 'No verdict.')
      .vote('q1.v1.accuracy.1@2.b', 'yes', 'fits'),
  ),
  chunk('chunk-broken', () => chunkScenario(SMALL).garble('judge')),
  { name: 'batch', play: playBatch },
  { name: 'batch-started-anew', play: playBatchStartedAnew },
  { name: 'batch-cancelled', play: playBatchCancelled },
  { name: 'dataset', play: playDataset },
  { name: 'dataset-paused', play: playDatasetPaused },
  { name: 'dataset-cancelled', play: playDatasetCancelled },
  { name: 'aggregate', play: playAggregate },
  { name: 'aggregate-unbalanced', play: playAggregateUnbalanced },
];

function chunk(name: string, scenario: () => ChunkScenario): Story {
  return { name, play: async (host) => ended(await scenario().start(host)) };
}

/** However it ended. */
async function ended<Handle extends WorkflowHandle>(handle: Handle): Promise<Handle> {
  await handle.result().catch(() => {});
  return handle;
}

/** A finished chunk, one that breaks, and one that takes its course, after a pause. */
async function playBatch(host: WorkflowHost) {
  const run = new ScriptedRun([['finished', 'broken', 'good']]).unsuitable('good');
  const before: ChunkResult = { chunk: 'finished', state: 'accepted', funnel: emptyFunnel(), totals: emptyTotals() };
  run.finished.set('finished', before);
  const batch = await startBatch(host, run, { paused: true });
  await eventually(() => hasEvent(batch, 'activityTaskCompletedEventAttributes'));
  await batch.signal(resumeSignal);
  return ended(batch);
}

async function playBatchStartedAnew(host: WorkflowHost) {
  const old = new ScriptedRun([['a']], 'started-anew').unsuitable('a');
  const held = old.model.hold('a/judge');
  const oldBatch = await startBatch(host, old);
  await held.reached;
  const run = new ScriptedRun([[], ['a']], 'started-anew').unsuitable('a');
  const batch = await startBatch(host, run, { batch: 2 });
  await eventually(() => hasEvent(batch, 'startChildWorkflowExecutionFailedEventAttributes'));
  await oldBatch.terminate('started anew');
  held.open();
  return ended(batch);
}

async function playBatchCancelled(host: WorkflowHost) {
  const run = new ScriptedRun([['a', 'b', 'c']]).unsuitable('a', 'b');
  const writing = run.hold('recordChunk');
  const batch = await startBatch(host, run);
  await writing.reached;
  await batch.cancel();
  const first = chunkOf(host, run, 'a');
  await eventually(() => hasEvent(first, 'workflowExecutionCancelRequestedEventAttributes'));
  writing.open();
  return ended(batch);
}

async function playDataset(host: WorkflowHost) {
  const run = new ScriptedRun([['a'], ['b'], ['c']]).unsuitable('a', 'b', 'c');
  const a = run.model.hold('a/judge');
  const root = await startDataset(host, run);
  await a.reached;
  await root.signal(attentionSignal, { source: 'logical model', message: 'blocked: 401 from api.example.com' });
  await root.signal(attentionSignal, { source: 'logical model' });
  a.open();
  return ended(root);
}

/** Paused from the start, and once more with a batch open. */
async function playDatasetPaused(host: WorkflowHost) {
  const run = new ScriptedRun([['a', 'b']]).unsuitable('a', 'b');
  run.paused = true;
  const a = run.model.hold('a/judge');
  const root = await startDataset(host, run, ONE_BATCH);
  await root.signal(resumeSignal);
  await a.reached;
  await root.signal(pauseSignal);
  await eventually(() => hasEvent(root, 'externalWorkflowExecutionSignaledEventAttributes'));
  await root.signal(resumeSignal);
  a.open();
  return ended(root);
}

async function playDatasetCancelled(host: WorkflowHost) {
  const run = new ScriptedRun([['a'], ['b']]).unsuitable('a', 'b');
  const [a, b] = [run.model.hold('a/judge'), run.model.hold('b/judge')];
  const root = await startDataset(host, run);
  await Promise.all([a.reached, b.reached]);
  await root.signal(aggregateOnCancelSignal);
  await root.cancel();
  await ended(root);
  a.open();
  b.open();
  return root;
}

async function playAggregate(host: WorkflowHost) {
  const run = new ScriptedRun([['a']]).unsuitable('a');
  await ended(await startDataset(host, run));
  return host.client.workflow.getHandle(aggregateWorkflowId(run.name));
}

async function playAggregateUnbalanced(host: WorkflowHost) {
  const run = new ScriptedRun([['a']]).unsuitable('a');
  run.lost.add('a');
  await ended(await startDataset(host, run));
  return host.client.workflow.getHandle(aggregateWorkflowId(run.name));
}
