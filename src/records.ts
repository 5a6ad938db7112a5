/**
 * The things the pipeline speaks of: documents, chunks, pairs, votes, conversations and what became of each.
 * Types only: workflows, activities, outputs and the command line all share them.
 */

/** `rejected`: the pipeline decided against it. `failed`: no decision could be had. Both carry a reason. */
export type ItemState = 'accepted' | 'rejected' | 'failed';

/** How far a run goes: all the way, or only to the vetted and revised pairs. */
export type Until = 'conversations' | 'pairs';

/** A text as it was read from the input, after reader and Project Gutenberg cut. */
export interface SourceDocument {
  /** ASCII slug of the path and 6 hex digits of its hash, as in `moby-dick-1a2b3c`. */
  id: string;
  /** Path relative to PATH.INPUT, NFC, with `/`. */
  path: string;
  textname: string;
  author?: string;
  published?: string;
  text: string;
}

/** Whole sentences of one document. */
export interface Chunk {
  /** `<document>-<ordinal, 5 digits>-<first 8 hex digits of the text's SHA-256>`. */
  id: string;
  document: string;
  /** Position in the document, from 1. */
  ordinal: number;
  /** Where the chunk stands in the document's text: UTF-16 offsets, end exclusive. */
  span: { start: number; end: number };
  /** The heading it stands under, where there is one. */
  heading?: string;
  /** The text as the model sees it: hard-wrapped lines joined, paragraphs kept. */
  text: string;
}

export interface Pair {
  question: string;
  answer: string;
}

/** A model's verdict in the words of its step, with the reason it gave. */
export interface Verdict<Word extends string = string> {
  verdict: Word;
  reason: string;
}

/** What the context revision made of a pair. */
export type Revision =
  | { verdict: 'pass'; reason: string }
  | { verdict: 'reword'; reason: string; pair: Pair }
  | { verdict: 'fail'; reason: string };

export interface Turn {
  speaker: string;
  text: string;
}

export interface Conversation {
  /** The speaker who answers: the model to be trained. */
  answerer: string;
  turns: Turn[];
}

/** The axes along which invented characters differ, each with its values: `Occupation` -> `baker`, `surveyor`, ... */
export type TraitAxes = Readonly<Record<string, readonly string[]>>;

/** An invented person, who answers in a role-play. */
export interface Character {
  name: string;
  /** The whole card: name, traits, backstory, as the model wrote it. */
  card: string;
}

/** Where a role-play takes place, and why somebody asks. */
export interface Scenario {
  text: string;
  /** Who asks; absent where the model named nobody: then it is whoever else speaks first. */
  secondCharacter?: string;
}

/** What a role-play conversation was written from. */
export interface Scene {
  /** One value from each axis, a line each. */
  traits: string;
  characterPlan: string;
  character: Character;
  scenarioPlan: string;
  scenario: Scenario;
}

/** Tokens of one or many calls. `cached` is the part of `prompt` that the provider had in its cache. */
export interface Usage {
  prompt: number;
  cached: number;
  completion: number;
}

/** One place of a check's vote. `calls`: the ids of all calls it took, the last one decided. */
export interface Vote {
  vote: 'yes' | 'no' | 'unusable' | 'refused';
  reason: string;
  calls: string[];
}

export type CheckName = 'question' | 'relevancy' | 'accuracy';

export interface CheckRecord {
  check: CheckName;
  outcome: 'passed' | 'failed' | 'undecided';
  votes: Vote[];
}

export interface QuestionVersion {
  pair: Pair;
  checks: CheckRecord[];
}

/** Where an item stands in the end; `step` and `reason` say why it was not accepted. */
export interface Outcome {
  state: ItemState;
  step?: string;
  reason?: string;
}

export interface QuestionRecord extends Outcome {
  /** From 1, in the order in which the model wrote them. */
  number: number;
  /** Every version with its votes, the last one is the one that stands. */
  versions: QuestionVersion[];
  /** False where DOUBLE_CHECK_COUNTER is 0. */
  vetted: boolean;
  /** Ids of the calls that wrote new versions. */
  calls: string[];
}

/** What became of a vetted question's last version, which stands with the question. */
export interface PairRecord extends Outcome {
  /** The number of the question it comes from. */
  number: number;
  /** As it goes into conversations; absent where it was dropped. */
  pair?: Pair;
  /** What it was reworded to, where that repeats another pair. */
  rewording?: Pair;
  verdict?: Revision['verdict'];
  calls: string[];
}

export interface ConversationRecord extends Outcome {
  /** From 1. */
  number: number;
  /** Question numbers in the order in which they are asked. */
  order: number[];
  /** Role-play only: as far as it was written. */
  scene?: Partial<Scene>;
  conversation?: Conversation;
  calls: string[];
}

/** What a number of calls used in all. */
export interface CallTotals extends Usage {
  calls: number;
}

/** What calls came to, by model. */
export type ModelTotals = Record<string, CallTotals>;

/** What was paid over the life of an output folder, by all its workers. */
export interface Paid {
  /** By model; money where its price is known. */
  models: Record<string, CallTotals & { cost?: number }>;
  /** Money, of the models whose price is known; absent where none is. */
  cost?: number;
}

/** What happened to a chunk, step by step. */
export interface ChunkStory {
  /** Without a verdict where none could be had. */
  judge: Partial<Verdict> & { calls: string[] };
  /** Ids of the calls that wrote the first versions of the questions. */
  generate: { calls: string[] };
  questions: QuestionRecord[];
  pairs: PairRecord[];
  conversations: ConversationRecord[];
}

/** A chunk's whole story with its end, written in one go with a checksum: `records/<chunk>.json`. */
export interface ChunkRecord extends Outcome, ChunkStory {
  chunk: string;
  /** Of everything that shapes this chunk's result; a record with another one is stale. */
  fingerprint: string;
  until: Until;
  totals: CallTotals;
}

/** The stages of the funnel, in order. */
export const STAGES = ['chunks', 'questions', 'pairs', 'conversations'] as const;
export type Stage = (typeof STAGES)[number];

export interface StageCount {
  in: number;
  accepted: number;
  rejected: number;
  failed: number;
  /** Only in a run that was cancelled. */
  notRun: number;
}

export type Funnel = Record<Stage, StageCount> & {
  /** Chunks that were judged suitable. */
  worthy: number;
};
