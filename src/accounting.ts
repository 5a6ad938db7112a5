import type {
  CallTotals,
  ChunkRecord,
  ChunkResult,
  Funnel,
  ItemState,
  Outcome,
  Stage,
  StageCount,
  Usage,
} from './records.js';
import { STAGES } from './records.js';

/** Counting what came in and what became of it. Pure; workflows, outputs and progress all count with it. */

export function emptyFunnel(): Funnel {
  const count = (): StageCount => ({ in: 0, accepted: 0, rejected: 0, failed: 0, notRun: 0 });
  return { chunks: count(), questions: count(), pairs: count(), conversations: count() };
}

export function emptyTotals(): CallTotals {
  return { calls: 0, prompt: 0, cached: 0, completion: 0 };
}

export function addFunnel(into: Funnel, more: Funnel): void {
  for (const stage of STAGES) {
    for (const key of Object.keys(into[stage]) as (keyof StageCount)[]) into[stage][key] += more[stage][key];
  }
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

export function countRecord(record: ChunkRecord): Funnel {
  const funnel = emptyFunnel();
  countItems(funnel.chunks, [record]);
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

export interface Account {
  /** As summed up from what the chunks' workflows returned. */
  returned: Funnel;
  /** As counted from the records. */
  recorded: Funnel;
  /** Chunks in the manifest. */
  chunks: number;
  /** Rows in the dataset. */
  rows: number;
  /** Lines of rejected.jsonl. */
  dropped: number;
}

/** The stage at which something is unaccounted for, and what; `undefined` if every item is where it should be. */
export function findImbalance({
  returned,
  recorded,
  chunks,
  rows,
  dropped,
}: Account): { stage: Stage; message: string } | undefined {
  const differ = (stage: Stage, what: string, expected: number, found: number) =>
    expected === found ? undefined : { stage, message: `${what}: ${expected} expected, ${found} found` };
  const perStage = STAGES.flatMap((stage) => [
    differ(
      stage,
      `${stage} accepted, rejected, failed or not run`,
      recorded[stage].in,
      recorded[stage].accepted + countDropped(recorded[stage]),
    ),
    ...(['accepted', 'rejected', 'failed'] satisfies ItemState[]).map((state) =>
      differ(stage, `${stage} ${state} in the records`, returned[stage][state], recorded[stage][state]),
    ),
  ]);
  const droppedInAll = STAGES.reduce((sum, stage) => sum + countDropped(recorded[stage]), 0);
  return [
    differ('chunks', 'chunks in the manifest and in the records', chunks, recorded.chunks.in),
    ...perStage,
    differ('pairs', 'questions accepted and pairs revised', recorded.questions.accepted, recorded.pairs.in),
    differ('conversations', 'conversations accepted and rows written', recorded.conversations.accepted, rows),
    differ('conversations', 'items dropped and lines in rejected.jsonl', droppedInAll, dropped),
  ].find((imbalance) => imbalance !== undefined);
}
