import type { CallTotals, Funnel, Outcome, Until } from './records.js';

/** What shapes the course of a chunk, from the settings. */
export interface PipelineSettings {
  until: Until;
  /** A user and a plain assistant; otherwise invented characters in invented scenes. */
  assistantMode: boolean;
  /** Places of each check's vote; 0 = questions are not vetted. */
  doubleCheckCounter: number;
  /** Versions of a question that are vetted at most. */
  questionVersions: number;
  /** Conversations a chunk; 0 = pairs only. */
  rearrangements: number;
  conversationAttempts: number;
  seed: number;
}

/** Names of the run's task queues, fixed when it starts. */
export interface TaskQueues extends ActivityQueues {
  workflows: string;
}

/** Those that workflows name. */
export interface ActivityQueues {
  io: string;
  logical: string;
  /** The same as `logical` where both roles use one model at one address. */
  large: string;
}

/** What every workflow of a run is given. */
export interface RunContext {
  run: string;
  /** Fingerprint of the plan: texts, settings, prompts and models in force. */
  plan: string;
  queues: ActivityQueues;
  settings: PipelineSettings;
  /** The longest a model call may take, in milliseconds. */
  callTimeoutMs: number;
  /** The server knows our search attributes. */
  isSearchable?: boolean;
}

/** The retry round of each item of a chunk that is tried again: `q2` -> 2. The first round is named nowhere. */
export type ItemRounds = Readonly<Record<string, number>>;

/** What a chunk's workflow returns: enough to count, the rest is in its record. */
export interface ChunkResult extends Outcome {
  chunk: string;
  funnel: Funnel;
  totals: CallTotals;
}
