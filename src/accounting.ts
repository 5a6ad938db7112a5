import type {
  CallTotals,
  ChunkRecord,
  Funnel,
  ItemState,
  ModelTotals,
  Outcome,
  Stage,
  StageCount,
  Usage,
} from './records.js';
import type { ChunkResult } from './run-context.js';
import { STAGES } from './records.js';

/** Counting what came in and what became of it. Pure; workflows, outputs and progress all count with it. */

export function emptyFunnel(): Funnel {
  const count = (): StageCount => ({ in: 0, accepted: 0, rejected: 0, failed: 0, notRun: 0 });
  return { chunks: count(), worthy: 0, questions: count(), pairs: count(), conversations: count() };
}

export function emptyTotals(): CallTotals {
  return { calls: 0, prompt: 0, cached: 0, completion: 0 };
}

export function addFunnel(into: Funnel, more: Funnel): void {
  into.worthy += more.worthy;
  for (const stage of STAGES) {
    for (const key of Object.keys(into[stage]) as (keyof StageCount)[]) into[stage][key] += more[stage][key];
  }
}

/** In the order of the stages. */
export function stageCounts(funnel: Funnel): StageCount[] {
  return STAGES.map((stage) => funnel[stage]);
}

export function addTotals(into: CallTotals, more: CallTotals): void {
  into.calls += more.calls;
  addUsage(into, more);
}

export function addUsage(into: Usage, more: Usage): void {
  into.prompt += more.prompt;
  into.cached += more.cached;
  into.completion += more.completion;
}

/** One call more. */
export function addCall(into: ModelTotals, model: string, usage: Usage): void {
  addTotals((into[model] ??= emptyTotals()), { calls: 1, ...usage });
}

export function addModelTotals(into: ModelTotals, more: ModelTotals): void {
  for (const [model, totals] of Object.entries(more)) addTotals((into[model] ??= emptyTotals()), totals);
}

export function countRecord(record: ChunkRecord): Funnel {
  const funnel = emptyFunnel();
  countItems(funnel.chunks, [record]);
  funnel.worthy = record.judge.verdict === 'suitable' ? 1 : 0;
  countItems(funnel.questions, record.questions);
  countItems(funnel.pairs, record.pairs);
  countItems(funnel.conversations, record.conversations);
  return funnel;
}

function countItems(count: StageCount, items: readonly Outcome[]): void {
  for (const { state } of items) {
    count.in += 1;
    count[state] += 1;
  }
}

export function summarizeRecord(record: ChunkRecord): ChunkResult {
  const { chunk, state, step, reason, totals } = record;
  return { chunk, state, ...(step && { step }), ...(reason && { reason }), funnel: countRecord(record), totals };
}

/** Everything that was dropped at a stage, whatever the word for it. */
export function countDropped(count: StageCount): number {
  return count.rejected + count.failed + count.notRun;
}

/** What is known of a run's items; all that is given must agree. */
export interface Account {
  /** Stage by stage, of the chunks that are done. */
  counted: Funnel;
  /** The same, as the chunks' workflows returned it. */
  returned?: Funnel | undefined;
  /** Chunks in the manifest, once each of them is done or known as not run. */
  chunks?: number | undefined;
  /** Rows in the dataset. */
  rows?: number | undefined;
  /** Lines of rejected.jsonl. */
  dropped?: number | undefined;
}

export interface Imbalance {
  stage: Stage;
  /** What was expected and what was found. */
  message: string;
}

/**
 * The one place that knows what must hold: at every stage what came in was accepted, rejected, failed or not run, what
 * was accepted came in at the next, and everything stands in the dataset or in rejected.jsonl.
 *
 * @returns the first stage at which something is unaccounted for; `undefined` if every item is where it should be
 */
export function findImbalance({ counted, returned, chunks, rows, dropped }: Account): Imbalance | undefined {
  const differ = (stage: Stage, what: string, expected: number | undefined, found: number | undefined) =>
    expected === undefined || found === undefined || expected === found
      ? undefined
      : { stage, message: `${what}: ${expected} expected, ${found} found` };
  const perStage = STAGES.flatMap((stage) => [
    differ(
      stage,
      `${stage} accepted, rejected, failed or not run`,
      counted[stage].in,
      counted[stage].accepted + countDropped(counted[stage]),
    ),
    ...(['accepted', 'rejected', 'failed'] satisfies ItemState[]).map((state) =>
      differ(stage, `${stage} ${state} in the records`, returned?.[stage][state], counted[stage][state]),
    ),
  ]);
  const droppedInAll = STAGES.reduce((sum, stage) => sum + countDropped(counted[stage]), 0);
  return [
    differ('chunks', 'chunks in the manifest and in the records', chunks, counted.chunks.in),
    ...perStage,
    differ('pairs', 'questions accepted and pairs revised', counted.questions.accepted, counted.pairs.in),
    differ('conversations', 'conversations accepted and rows written', counted.conversations.accepted, rows),
    differ('conversations', 'items dropped and lines in rejected.jsonl', droppedInAll, dropped),
  ].find((imbalance) => imbalance !== undefined);
}

export function describeImbalance({ stage, message }: Imbalance): string {
  return `The accounts do not balance at ${stage}: ${message}`;
}
