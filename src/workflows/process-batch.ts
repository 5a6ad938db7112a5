import {
  CancellationScope,
  type ChildWorkflowHandle,
  condition,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import { addFunnel, addTotals, emptyFunnel, emptyTotals, summarizeRecord } from '../accounting.js';
import type { Activities, OpenChunk } from '../activities/contract.js';
import { chunkWorkflowId } from '../ids.js';
import type { CallTotals, ChunkRecord, Funnel } from '../records.js';
import type { BatchWindows } from '../planning/windows.js';
import type { ChunkResult, RunContext } from '../run-context.js';
import { ioActivityOptions } from './activity-options.js';
import { atMost } from './at-most.js';
import { startChildWhenFree } from './children.js';
import { describeBatch, introduceChunk } from './details.js';
import { batchProgressQuery, pauseSignal, resumeSignal } from './messages.js';
import { searchableBy } from './show-outcome.js';
import { processChunk, type ProcessChunkInput } from './process-chunk.js';
import { runWindow } from './window.js';

export interface ProcessBatchInput {
  context: RunContext;
  /** From 1. */
  batch: number;
  /** Chunks worked on at once, and of these, such as are about to start. */
  window: Pick<BatchWindows, 'chunks' | 'starts'>;
  paused: boolean;
}

export interface BatchResult {
  funnel: Funnel;
  totals: CallTotals;
}

/** A few hundred chunks: those without a record become child workflows, a window of them at a time. */
export async function processBatch({ context, batch, window, paused }: ProcessBatchInput): Promise<BatchResult> {
  const result: BatchResult = { funnel: emptyFunnel(), totals: emptyTotals() };
  const openChunks = new Set<string>();
  let isPaused = paused;
  setHandler(batchProgressQuery, () => ({ ...result, openChunks: [...openChunks] }));
  setHandler(pauseSignal, () => void (isPaused = true));
  setHandler(resumeSignal, () => void (isPaused = false));

  const tell = () => setCurrentDetails(describeBatch(batch, result.funnel, [...openChunks]));
  const add = (chunk: ChunkResult) => {
    addFunnel(result.funnel, chunk.funnel);
    addTotals(result.totals, chunk.totals);
    tell();
  };

  const { findOpenChunks } = proxyActivities<Activities>(ioActivityOptions(context));
  const { finished, open } = await findOpenChunks.executeWithOptions(
    { summary: `look which chunks of batch ${batch} are done` },
    [{ plan: context.plan, batch }],
  );
  finished.forEach(add);

  const starting = atMost(window.starts);
  await runWindow(
    open,
    window.chunks,
    () => condition(() => !isPaused),
    async (chunk) => {
      const inTurn: InTurn = (start) =>
        starting(async () => {
          // Since its lane began with it, the run may have been paused.
          await condition(() => !isPaused);
          openChunks.add(chunk.id);
          tell();
          return start();
        });
      add(await runChunk(context, chunk, inTurn));
      openChunks.delete(chunk.id);
      tell();
    },
  );
  return result;
}

type Started = Promise<ChildWorkflowHandle<typeof processChunk>>;
type InTurn = (start: () => Started) => Started;

/** A chunk whose workflow breaks, or is stopped by hand, is a failed chunk; it never ends the run. */
async function runChunk(
  context: RunContext,
  { id, fingerprint, label, source, rounds }: OpenChunk,
  inTurn: InTurn,
): Promise<ChunkResult> {
  try {
    const input: ProcessChunkInput = { context, fingerprint, ...(rounds && { rounds }) };
    const child = await startChildWhenFree(
      processChunk,
      {
        workflowId: chunkWorkflowId(context.run, id),
        args: [input],
        staticSummary: label,
        staticDetails: introduceChunk(id),
        ...searchableBy(context, source),
      },
      inTurn,
    );
    return await child.result();
  } catch (error) {
    if (isCancellation(error) && CancellationScope.current().consideredCancelled) throw error;
    return recordBroken(context, id, fingerprint, error);
  }
}

async function recordBroken(
  context: RunContext,
  chunk: string,
  fingerprint: string,
  error: unknown,
): Promise<ChunkResult> {
  const record: ChunkRecord = {
    chunk,
    fingerprint,
    until: context.settings.until,
    state: 'failed',
    step: 'workflow',
    reason: `its workflow broke: ${rootMessage(error)}`,
    judge: { calls: [] },
    generate: { calls: [] },
    questions: [],
    pairs: [],
    conversations: [],
    totals: emptyTotals(),
  };
  await proxyActivities<Activities>(ioActivityOptions(context)).recordChunk({ plan: context.plan, record });
  return summarizeRecord(record);
}

function rootMessage(error: unknown): string {
  let cause = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  return cause instanceof Error ? cause.message : String(cause);
}
