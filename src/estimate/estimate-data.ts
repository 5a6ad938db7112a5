import type { Prices } from '../config/schema.js';
import type { RunPlan } from '../planning/run-plan.js';
import type { CallTotals } from '../records.js';
import type { MeasuredChunk } from './measured-chunks.js';
import type { SurveyedChunk } from './survey-input.js';

/** What holds a run back, by the settings. */
export interface Limits {
  /** Calls in flight, of each model queue. */
  concurrency: number;
  /** 0: none. */
  requestsPerMinute: number;
  tokensPerMinute: number;
  /** Both roles share one. */
  oneQueue: boolean;
}

export interface EstimateInput {
  plan: RunPlan;
  chunks: readonly SurveyedChunk[];
  measured: readonly MeasuredChunk[];
  prices: Prices;
  limits: Limits;
}

/** What may be expected: `low` and `high` hold in about four cases of five. */
export interface Range {
  low: number;
  likely: number;
  high: number;
}

/** What so many calls use, and cost where the model's price is known. */
export interface Use extends CallTotals {
  cost?: number;
}

export interface EstimateLine extends Use {
  /** Name of the step, or of the model. */
  name: string;
  /** Of a step. */
  model?: string;
}

/** What a run of the whole input takes. */
export interface Estimate {
  /** `measured`: projected from chunks that this folder has done with these settings. */
  basis: 'assumed' | 'measured';
  chunks: { all: number; documents: number; measured: number };
  /** Chunks that the judge is taken to find suitable. */
  worthy: Range;
  /** Likely values. */
  steps: EstimateLine[];
  models: EstimateLine[];
  total: Use;
  calls: Range;
  /** In and out together. */
  tokens: Range;
  /** Of the models whose price is known; absent where none is. */
  cost?: Range;
  /** Of it paid already, since its answers are in the journal. */
  paid: Use;
  /** Seconds at the limits in force, of what is still to be done. */
  seconds: Range;
  unpriced: string[];
  /** What it rests on, in words. */
  assumptions: string[];
}
