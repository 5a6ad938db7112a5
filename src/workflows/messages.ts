import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { CallTotals, Funnel } from '../records.js';

export type RunStage = 'preparing' | 'processing' | 'aggregating' | 'finished';

/** The root's own part of the progress; the open batches add theirs. */
export interface RunProgress {
  stage: RunStage;
  paused: boolean;
  /** Chunks in the manifest; 0 until it is written. */
  chunks: number;
  /** Of the batches that are closed. */
  funnel: Funnel;
  totals: CallTotals;
  /** What a person should know of the input. */
  notes: string[];
  /** Workflow ids of the open batches. */
  openBatches: string[];
  /** What a person should know, by model: `blocked: 401 from ...`. The workers' leases say it for each worker. */
  attention: Record<string, string>;
}

export interface BatchProgress {
  funnel: Funnel;
  totals: CallTotals;
  /** Ids of the chunks that are being worked on. */
  openChunks: string[];
}

/** A worker's limiter closed or opened: `message` is absent once all is well again. */
export interface AttentionChange {
  source: string;
  message?: string;
}

export const runProgressQuery = defineQuery<RunProgress>('progress');
export const batchProgressQuery = defineQuery<BatchProgress>('progress');

/** No new chunk starts. New calls are held back by the workers, which read the same from the store. */
export const pauseSignal = defineSignal('pause');
export const resumeSignal = defineSignal('resume');
/** Sent before a cancellation: write the dataset from what is complete. */
export const aggregateOnCancelSignal = defineSignal('aggregateOnCancel');
export const attentionSignal = defineSignal<[AttentionChange]>('attention');
