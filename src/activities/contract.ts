import type { DatasetCounts } from '../outputs/dataset.js';
import type { EndedRun } from '../outputs/run-summary.js';
import type { ChunkRecord } from '../records.js';
import type { ChunkResult, ItemRounds } from '../run-context.js';

/** What workflows ask of activities: an input and a result for each. Types only, so that workflow code may import them. */
export interface Activities {
  /** One model call: from the journal if it was answered before, else from the provider, once. */
  callModel(input: CallModelInput): Promise<CallModelResult>;
  /** Cuts the stored texts into chunks and writes the manifest. */
  prepareRun(input: PrepareRunInput): Promise<PrepareRunResult>;
  /** Which chunks of a batch have their record already, and which are to be done. */
  findOpenChunks(input: FindOpenChunksInput): Promise<FindOpenChunksResult>;
  /** Writes a chunk's record and files, and folds its journal. */
  recordChunk(input: RecordChunkInput): Promise<void>;
  /** Writes the dataset from all records, and counts what it found. */
  writeDataset(input: WriteDatasetInput): Promise<WriteDatasetResult>;
  /** Writes `run.json`. */
  writeSummary(input: WriteSummaryInput): Promise<void>;
  /** Writes `report.html`, where it is not up to date. */
  writeReport(input: WriteReportInput): Promise<WriteReportResult>;
}

/** Which chunk and which call it is: `asked-call.ts`. A history says that with every activity, and need not say it twice. */
export interface CallModelInput {
  plan: string;
  /** Name of the step. */
  step: string;
  /** The step's own input. */
  input: unknown;
  /** The last answer to this item, which could not be used, and why. */
  previous?: UnusableAnswer;
}

export interface UnusableAnswer {
  /** At most 500 characters of it. */
  answer: string;
  reason: string;
}

/** Prompt, cached and completion tokens: a history has them for every call. */
export type BriefUsage = [prompt: number, cached: number, completion: number];

export type CallModelResult = { usage: BriefUsage } & (
  { usable: true; value: unknown } | ({ usable: false } & UnusableAnswer)
);

export interface PrepareRunInput {
  plan: string;
  /** Chunks that are worked on at once, over the whole run. */
  openChunks: number;
}

export interface PrepareRunResult {
  chunks: number;
  batches: number;
  /** The run was paused when it was prepared. */
  paused: boolean;
  /** What a person should know of the input. */
  notes: string[];
}

export interface FindOpenChunksInput {
  plan: string;
  /** From 1. */
  batch: number;
}

export interface OpenChunk {
  id: string;
  fingerprint: string;
  /** For people: where the chunk comes from. */
  label: string;
  /** Path of its document, relative to PATH.INPUT. */
  source: string;
  /** Of its items that are tried again. */
  rounds?: ItemRounds;
}

export interface FindOpenChunksResult {
  finished: ChunkResult[];
  open: OpenChunk[];
}

export interface RecordChunkInput {
  plan: string;
  record: ChunkRecord;
}

export interface WriteDatasetInput {
  plan: string;
  batches: number;
}

export type WriteDatasetResult = DatasetCounts;

export type WriteSummaryInput = EndedRun;

export interface WriteReportInput {
  plan: string;
  run: string;
}

export interface WriteReportResult {
  /** Why there is no report; the dataset is there all the same. */
  failed?: string;
}
