import type { CallTotals, CheckName, Funnel, Stage } from '../records.js';

/** Everything the report shows, of a size that does not grow with the run. Texts are as the model and the input have them. */
export interface ReportData {
  run: string;
  /** Fingerprints of the plan and of the program. */
  plan: string;
  program: string;
  state: ReportState;
  /** When this was collected: ISO 8601, UTC. */
  asOf: string;
  /** Of the run that wrote the dataset, where one did. */
  ended?: { startedAt: string; endedAt: string; seconds: number };
  funnel: Funnel;
  output: OutputFigures;
  samples: Sample[];
  sources: { shown: SourceFigures[]; others?: SourceFigures & { sources: number } };
  drops: DropGroup[];
  votes: VoteFigures[];
  spending: Spending;
  timeline: Timeline;
  /** Calls that got no answer and were made again, by reason, the most frequent first. */
  faults: { reason: string; count: number }[];
  settings: Record<string, string>;
  /** Hash of each step's prompt. */
  prompts: Record<string, string>;
  /** What a person should know of the input. */
  notes: string[];
  /** Files that could not be used: the first ones, and how many more there were. */
  skipped: { shown: { path: string; reason: string }[]; others: number };
}

/** `open`: nobody is at work on it, and it has not come to its end. */
export type ReportState = 'complete' | 'cancelled' | 'at work' | 'paused' | 'open';

export interface OutputFigures {
  rows: number;
  /** Pairs that stand after revision. */
  pairs: number;
  /** Of all rows, the system message not counted. */
  turns: number;
  /** Of a row, by the cl100k encoding. */
  tokens: TokenFigures;
}

export interface TokenFigures {
  /** Rows that were measured: all, or of very many a part. */
  measured: number;
  mean: number;
  most: number;
  /** Of all rows, projected where only a part was measured. */
  total: number;
  /** Rows by length; `upTo` is exclusive. */
  bins: { upTo: number; rows: number }[];
}

/** A row of the dataset beside what it was made from. */
export interface Sample {
  id: string;
  textname: string;
  heading?: string;
  paragraph: string;
  system: string;
  turns: { answers: boolean; speaker: string; text: string }[];
}

export interface SourceFigures {
  /** Relative to PATH.INPUT. */
  path: string;
  chunks: number;
  worthy: number;
  unworthy: number;
  /** Without a verdict: the judge failed. */
  undecided: number;
  /** Not done, for whatever reason. */
  notRun: number;
  rows: number;
}

/** What was dropped at one step. */
export interface DropGroup {
  stage: Stage;
  state: 'rejected' | 'failed';
  step: string;
  count: number;
  /** The most frequent first. */
  reasons: { reason: string; count: number; examples: { id: string; text: string }[] }[];
  /** Dropped for reasons that are not shown. */
  others: number;
}

export interface VoteFigures {
  check: CheckName;
  /** How often it was held. */
  held: number;
  passed: number;
  failed: number;
  undecided: number;
  /** Decided with votes on both sides. */
  split: number;
  cast: number;
  /** Places that were not asked, since the others had decided. */
  saved: number;
}

export interface Spending {
  /** In the order of the pipeline. */
  steps: SpendingRow[];
  models: SpendingRow[];
  total: CallTotals & { cost?: number };
  /** Of that, calls that today's results do not rest on: other settings, or before a retry. */
  beside: CallTotals & { cost?: number };
  /** Models without a price: their calls are in no sum of money. */
  unpriced: string[];
}

export interface SpendingRow extends CallTotals {
  name: string;
  /** Of a step. */
  model?: string;
  cost?: number;
  /** Milliseconds that the middle call took, and the slowest one in twenty at least. */
  median: number;
  slow: number;
}

/** Calls over time. Times at which nothing happened are cut out: each part is a stretch of work. */
export interface Timeline {
  binSeconds: number;
  parts: TimelinePart[];
}

export interface TimelinePart {
  /** ISO 8601, UTC. */
  startedAt: string;
  /** By bin: calls in flight on average, calls answered, and calls that failed. */
  inFlight: number[];
  answered: number[];
  failed: number[];
}
