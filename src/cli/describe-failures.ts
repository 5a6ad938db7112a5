import type { LimiterState } from '../limiter-state.js';
import { formatCount } from '../format.js';

/** So many reasons are named; the rest is counted together. */
const REASONS_NAMED = 6;
/** Last messages that are shown, one for each model that had any. */
const MESSAGES_SHOWN = 2;

/** What calls failed with and were made again for, over all workers: `12 x 429, 3 x timeout`; empty where none failed. */
export function describeRetries(limiters: readonly LimiterState[]): string {
  const counts = new Map<string, number>();
  for (const { failures } of limiters) {
    // A worker of an earlier version does not say.
    for (const [reason, count] of Object.entries(failures ?? {})) counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  return describeCounts(counts);
}

/** The same with the last message: `retried: 12 x 429, 3 x timeout; last: 429 from api.example.com: Rate limit reached` */
export function failureLines(limiters: readonly LimiterState[]): string[] {
  const retries = describeRetries(limiters);
  if (retries === '') return [];
  const last = [...new Set(limiters.flatMap(({ lastFailure }) => lastFailure ?? []))].slice(0, MESSAGES_SHOWN);
  return [`retried: ${retries}${last.length > 0 ? `; last: ${last.join(' | ')}` : ''}`];
}

/** The most frequent first. */
function describeCounts(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].toSorted(([, one], [, other]) => other - one);
  const named = sorted.slice(0, REASONS_NAMED).map(([reason, count]) => `${formatCount(count)} x ${reason}`);
  const others = sorted.slice(REASONS_NAMED).reduce((sum, [, count]) => sum + count, 0);
  return [...named, ...(others > 0 ? [`${formatCount(others)} x other`] : [])].join(', ');
}
