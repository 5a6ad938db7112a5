import { DeterminismViolationError } from '@temporalio/workflow';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import { bundleWorkflows, IDENTITY, quietRuntime } from '../support/workflow-host.js';
import { readHistories } from './history-files.js';
import { STORIES } from './stories.js';

const BUNDLING_MS = 120_000;
/** Against hanging only. */
const REPLAY_MS = 60_000;
const HISTORIES = readHistories();

interface HistoryEvents {
  events: Record<string, { workflowType?: { name: string }; workflowId?: string }>[];
}

function startOf(text: string) {
  return (JSON.parse(text) as HistoryEvents).events[0]?.['workflowExecutionStartedEventAttributes'];
}

describe('the recorded histories', () => {
  let workflowBundle: WorkflowBundleWithSourceMap;
  beforeAll(async () => {
    quietRuntime();
    workflowBundle = await bundleWorkflows();
  }, BUNDLING_MS);

  it.each(HISTORIES)(
    '$name is replayed',
    async ({ text }) => {
      const replay = Worker.runReplayHistory({ workflowBundle }, JSON.parse(text), startOf(text)?.workflowId);

      await expect(replay).resolves.toBeUndefined();
    },
    REPLAY_MS,
  );

  it(
    'show when a workflow has changed its course',
    async () => {
      const changed = await bundleWorkflows(new URL('./changed-workflows/index.ts', import.meta.url));
      const accepted = HISTORIES.find(({ name }) => name === 'chunk-accepted');
      const replay = Worker.runReplayHistory({ workflowBundle: changed }, JSON.parse(accepted?.text ?? '{}'));

      await expect(replay).rejects.toThrow(DeterminismViolationError);
    },
    BUNDLING_MS,
  );

  it('are those of all stories, and of all workflows', () => {
    expect(HISTORIES.map(({ name }) => name)).toEqual(STORIES.map(({ name }) => name).toSorted());
    expect(new Set(HISTORIES.map(({ text }) => startOf(text)?.workflowType?.name))).toEqual(
      new Set(['generateDataset', 'processBatch', 'processChunk', 'aggregateDataset']),
    );
  });

  it.each(HISTORIES)('$name names no machine', ({ text }) => {
    const identities = [...text.matchAll(/"identity": "([^"]*)"/g)].map(([, identity]) => identity);

    expect(new Set(identities)).toEqual(new Set([IDENTITY]));
    expect(text).not.toMatch(/stackTrace|file:|node_modules|\/home\/|\/root\/|\/Users\//);
  });
});
