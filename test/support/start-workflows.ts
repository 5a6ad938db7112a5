import { batchWorkflowId, chunkWorkflowId } from '../../src/ids.js';
import type { generateDataset } from '../../src/workflows/generate-dataset.js';
import type { processBatch, ProcessBatchInput } from '../../src/workflows/process-batch.js';
import type { processChunk } from '../../src/workflows/process-chunk.js';
import type { ScriptedRun } from './scripted-run.js';
import { FINGERPRINT } from './scripted-run.js';
import type { WorkflowHost } from './workflow-host.js';
import { LONGEST_WORKFLOW } from './workflow-host.js';

/** Room for two batches at a time. */
const TWO_BATCHES = 80;
export const ONE_BATCH = 1;

/** Starts the whole run. */
export function startDataset(host: WorkflowHost, run: ScriptedRun, openChunks = TWO_BATCHES) {
  host.serve(run);
  return host.client.workflow.start<typeof generateDataset>('generateDataset', {
    workflowId: run.name,
    taskQueue: host.queues.workflows,
    args: [{ context: run.context(host.queues), openChunks }],
    workflowExecutionTimeout: LONGEST_WORKFLOW,
  });
}

/** Starts one batch of the run, the first if nothing else is said. */
export function startBatch(host: WorkflowHost, run: ScriptedRun, given: Partial<ProcessBatchInput> = {}) {
  host.serve(run);
  const input = {
    context: run.context(host.queues),
    batch: 1,
    window: { chunks: 2, starts: 2 },
    paused: false,
    ...given,
  };
  return host.client.workflow.start<typeof processBatch>('processBatch', {
    workflowId: batchWorkflowId(run.name, input.batch),
    taskQueue: host.queues.workflows,
    args: [input],
    workflowExecutionTimeout: LONGEST_WORKFLOW,
  });
}

/** Starts one chunk of the run. */
export function startChunk(host: WorkflowHost, run: ScriptedRun, chunk: string) {
  host.serve(run);
  return host.client.workflow.start<typeof processChunk>('processChunk', {
    workflowId: chunkWorkflowId(run.name, chunk),
    taskQueue: host.queues.workflows,
    args: [{ context: run.context(host.queues), fingerprint: FINGERPRINT }],
    workflowExecutionTimeout: LONGEST_WORKFLOW,
  });
}

export function chunkOf(host: WorkflowHost, run: ScriptedRun, chunk: string) {
  return host.client.workflow.getHandle<typeof processChunk>(chunkWorkflowId(run.name, chunk));
}

export function batchOf(host: WorkflowHost, run: ScriptedRun, batch: number) {
  return host.client.workflow.getHandle<typeof processBatch>(batchWorkflowId(run.name, batch));
}
