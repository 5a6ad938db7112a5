import type { ChildWorkflowHandle } from '@temporalio/workflow';
import {
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { addFunnel, addTotals, emptyFunnel, emptyTotals } from '../accounting.js';
import type { Activities, PrepareRunResult } from '../activities/contract.js';
import { aggregateWorkflowId, batchWorkflowId } from '../ids.js';
import type { RunEnd } from '../outputs/run-summary.js';
import { batchWindows } from '../planning/windows.js';
import type { RunContext } from '../run-context.js';
import { ioActivityOptions } from './activity-options.js';
import type { DatasetResult } from './aggregate-dataset.js';
import { aggregateDataset } from './aggregate-dataset.js';
import { executeChildWhenFree, startChildWhenFree } from './children.js';
import { describeRun } from './details.js';
import type { RunProgress } from './messages.js';
import { aggregateOnCancelSignal, attentionSignal, pauseSignal, resumeSignal, runProgressQuery } from './messages.js';
import type { BatchResult } from './process-batch.js';
import { processBatch } from './process-batch.js';
import { searchableBy, showOutcome } from './show-outcome.js';
import { runWindow } from './window.js';

export interface GenerateDatasetInput {
  context: RunContext;
  /** Chunks worked on at once, over all batches. */
  openChunks: number;
}

/** The whole run: the texts become chunks, batches of chunks become conversations, and those the dataset. */
export async function generateDataset({ context, openChunks }: GenerateDatasetInput): Promise<DatasetResult> {
  const progress = registerMessages();

  let end: RunEnd = 'complete';
  const noteCancellation = (error: unknown) => {
    if (!isCancellation(error) || !progress.aggregateOnCancel) throw error;
    end = 'cancelled';
  };

  const prepared = await prepare(context, openChunks).catch((error: unknown) => {
    noteCancellation(error);
    // Runs before this one may have left complete chunks.
    return CancellationScope.nonCancellable(() => prepare(context, openChunks));
  });
  progress.chunks = prepared.chunks;
  progress.notes = prepared.notes;
  // A signal that came meanwhile is the newer word.
  if (!progress.steered) progress.paused = prepared.paused;
  enter(progress, 'processing');

  await processBatches(context, prepared, openChunks, progress).catch(noteCancellation);

  enter(progress, 'aggregating');
  const result = await CancellationScope.nonCancellable(() => aggregate(context, prepared, progress, end));
  enter(progress, 'finished');
  showOutcome(context, end);
  return result;
}

function enter(progress: Progress, stage: Progress['stage']): void {
  progress.stage = stage;
  setCurrentDetails(describeRun(progress));
}

function prepare(context: RunContext, openChunks: number): Promise<PrepareRunResult> {
  const { prepareRun } = proxyActivities<Activities>(ioActivityOptions(context));
  return prepareRun.executeWithOptions({ summary: 'cut the texts into chunks' }, [{ plan: context.plan, openChunks }]);
}

type Progress = RunProgress & { steered: boolean; aggregateOnCancel: boolean };

function registerMessages(): Progress {
  const progress: Progress = {
    stage: 'preparing',
    paused: false,
    chunks: 0,
    funnel: emptyFunnel(),
    totals: emptyTotals(),
    notes: [],
    openBatches: [],
    attention: {},
    steered: false,
    aggregateOnCancel: false,
  };
  const tell = () => setCurrentDetails(describeRun(progress));
  const steer = (paused: boolean) => {
    Object.assign(progress, { paused, steered: true });
    tell();
  };
  setHandler(runProgressQuery, () => progress);
  tell();
  setHandler(pauseSignal, () => steer(true));
  setHandler(resumeSignal, () => steer(false));
  setHandler(aggregateOnCancelSignal, () => void (progress.aggregateOnCancel = true));
  setHandler(attentionSignal, ({ source, message }) => {
    if (message === undefined) delete progress.attention[source];
    else progress.attention[source] = message;
    tell();
  });
  return progress;
}

async function processBatches(
  context: RunContext,
  prepared: PrepareRunResult,
  openChunks: number,
  progress: Progress,
): Promise<void> {
  const { batches: openBatches, ...window } = batchWindows(openChunks);
  const batches = Array.from({ length: prepared.batches }, (_, index) => index + 1);
  await runWindow(
    batches,
    openBatches,
    () => condition(() => !progress.paused),
    async (batch) => {
      const { paused } = progress;
      const child = await startChildWhenFree(processBatch, {
        workflowId: batchWorkflowId(context.run, batch),
        args: [{ context, batch, window, paused }],
        staticSummary: `batch ${batch} of ${prepared.batches}`,
        ...searchableBy(context),
      });
      progress.openBatches.push(child.workflowId);
      const result = await steerToItsEnd(child, paused, progress);
      progress.openBatches = progress.openBatches.filter((open) => open !== child.workflowId);
      addFunnel(progress.funnel, result.funnel);
      addTotals(progress.totals, result.totals);
      setCurrentDetails(describeRun(progress));
    },
  );
}

type Batch = ChildWorkflowHandle<typeof processBatch>;

/** Waits for a batch, which was told at its start whether the run is paused, and tells it of every change. */
async function steerToItsEnd(batch: Batch, paused: boolean, progress: Progress): Promise<BatchResult> {
  const telling = new CancellationScope();
  // It ends in an error in any case: with this scope, or because the batch just ended and needs no telling.
  telling.run(() => tellChanges(batch, paused, progress)).catch(() => {});
  try {
    return await batch.result();
  } finally {
    telling.cancel();
  }
}

/** One after the other: two signals on their way at once could arrive in either order. */
async function tellChanges(batch: Batch, paused: boolean, progress: Progress): Promise<never> {
  for (let told = paused; ; told = !told) {
    await condition(() => progress.paused !== told);
    await batch.signal(told ? resumeSignal : pauseSignal);
  }
}

function aggregate(
  context: RunContext,
  { chunks, batches, notes }: PrepareRunResult,
  progress: Progress,
  end: RunEnd,
): Promise<DatasetResult> {
  return executeChildWhenFree(aggregateDataset, {
    workflowId: aggregateWorkflowId(context.run),
    args: [
      {
        context,
        chunks,
        batches,
        returned: progress.funnel,
        end,
        notes,
        startedAt: workflowInfo().startTime.toISOString(),
      },
    ],
    staticSummary: 'write the dataset and check that nothing is unaccounted for',
    ...searchableBy(context),
  });
}
