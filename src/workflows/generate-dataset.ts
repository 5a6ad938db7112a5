import {
  CancellationScope,
  condition,
  getExternalWorkflowHandle,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { addFunnel, addTotals, emptyFunnel, emptyTotals } from '../accounting.js';
import type { Activities, PrepareRunResult, RunEnd } from '../activities/contract.js';
import { aggregateWorkflowId, batchWorkflowId } from '../ids.js';
import { batchWindows } from '../planning/windows.js';
import type { RunContext } from '../records.js';
import { ioActivityOptions } from './activity-options.js';
import type { DatasetResult } from './aggregate-dataset.js';
import { aggregateDataset } from './aggregate-dataset.js';
import { executeChildWhenFree } from './children.js';
import { describeFunnel } from './details.js';
import type { RunProgress } from './messages.js';
import { aggregateOnCancelSignal, attentionSignal, pauseSignal, resumeSignal, runProgressQuery } from './messages.js';
import { processBatch } from './process-batch.js';
import { runWindow } from './window.js';

export interface GenerateDatasetInput {
  context: RunContext;
  /** Chunks worked on at once, over all batches. */
  openChunks: number;
}

/** The whole run: the texts become chunks, batches of chunks become conversations, and those the dataset. */
export async function generateDataset({ context, openChunks }: GenerateDatasetInput): Promise<DatasetResult> {
  const progress = registerMessages();
  const { prepareRun } = proxyActivities<Activities>(ioActivityOptions(context));

  const prepared = await prepareRun.executeWithOptions({ summary: 'cut the texts into chunks' }, [
    { plan: context.plan, openChunks },
  ]);
  progress.chunks = prepared.chunks;
  progress.paused ||= prepared.paused;
  progress.stage = 'processing';

  let end: RunEnd = 'complete';
  try {
    await processBatches(context, prepared, openChunks, progress);
  } catch (error) {
    if (!isCancellation(error) || !progress.aggregateOnCancel) throw error;
    end = 'cancelled';
  }

  progress.stage = 'aggregating';
  const result = await CancellationScope.nonCancellable(() => aggregate(context, prepared, progress, end));
  progress.stage = 'finished';
  return result;
}

type Progress = RunProgress & { aggregateOnCancel: boolean };

function registerMessages(): Progress {
  const progress: Progress = {
    stage: 'preparing',
    paused: false,
    chunks: 0,
    funnel: emptyFunnel(),
    totals: emptyTotals(),
    openBatches: [],
    attention: {},
    aggregateOnCancel: false,
  };
  const steer = async (signal: typeof pauseSignal | typeof resumeSignal, paused: boolean) => {
    progress.paused = paused;
    // A batch that ends at this moment needs no telling.
    await Promise.allSettled(progress.openBatches.map((id) => getExternalWorkflowHandle(id).signal(signal)));
  };
  setHandler(runProgressQuery, () => progress);
  setHandler(pauseSignal, () => steer(pauseSignal, true));
  setHandler(resumeSignal, () => steer(resumeSignal, false));
  setHandler(aggregateOnCancelSignal, () => void (progress.aggregateOnCancel = true));
  setHandler(attentionSignal, ({ source, message }) => {
    if (message === undefined) delete progress.attention[source];
    else progress.attention[source] = message;
    setCurrentDetails(describeRun(progress));
  });
  return progress;
}

async function processBatches(
  context: RunContext,
  prepared: PrepareRunResult,
  openChunks: number,
  progress: Progress,
): Promise<void> {
  const windows = batchWindows(openChunks);
  const batches = Array.from({ length: prepared.batches }, (_, index) => index + 1);
  await runWindow(
    batches,
    windows.batches,
    () => condition(() => !progress.paused),
    async (batch) => {
      const id = batchWorkflowId(context.run, batch);
      progress.openBatches.push(id);
      const result = await executeChildWhenFree(processBatch, {
        workflowId: id,
        args: [{ context, batch, window: windows.chunks, paused: progress.paused }],
        staticSummary: `batch ${batch} of ${prepared.batches}`,
      });
      progress.openBatches = progress.openBatches.filter((open) => open !== id);
      addFunnel(progress.funnel, result.funnel);
      addTotals(progress.totals, result.totals);
      setCurrentDetails(describeRun(progress));
    },
  );
}

function aggregate(
  context: RunContext,
  { chunks, batches }: PrepareRunResult,
  progress: Progress,
  end: RunEnd,
): Promise<DatasetResult> {
  return executeChildWhenFree(aggregateDataset, {
    workflowId: aggregateWorkflowId(context.run),
    args: [
      { context, chunks, batches, returned: progress.funnel, end, startedAt: workflowInfo().startTime.toISOString() },
    ],
    staticSummary: 'write the dataset and check that nothing is unaccounted for',
  });
}

function describeRun(progress: Progress): string {
  const attention = Object.entries(progress.attention).map(([source, message]) => `**${source}**: ${message}`);
  return [...attention, describeFunnel(`${progress.chunks} chunks; the closed batches:`, progress.funnel)].join('\n\n');
}
