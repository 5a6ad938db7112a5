import type { CallRecord } from '../call-record.js';
import type { ChunkRecord } from '../records.js';

/** Ids of all calls that led to a chunk's record, in the order of the pipeline; each once. */
export function usedCallIds({ judge, generate, questions, pairs, conversations }: ChunkRecord): string[] {
  const ofQuestions = questions.flatMap(({ calls, versions }) => [
    ...versions.flatMap(({ checks }) => checks.flatMap(({ votes }) => votes.flatMap((vote) => vote.calls))),
    ...calls,
  ]);
  const later = [...pairs, ...conversations].flatMap(({ calls }) => calls);
  return [...new Set([...judge.calls, ...generate.calls, ...ofQuestions, ...later])];
}

/**
 * The journal's records of the calls that led to a chunk's record, in the order of the pipeline. Where a call was asked
 * with several requests, since settings changed, it is the one that was answered last.
 */
export function usedCalls(record: ChunkRecord, calls: readonly CallRecord[]): CallRecord[] {
  const newest = new Map<string, CallRecord>();
  for (const call of calls) {
    const known = newest.get(call.call.id);
    if (known === undefined || known.at <= call.at) newest.set(call.call.id, call);
  }
  return usedCallIds(record).flatMap((id) => newest.get(id) ?? []);
}
