import type { Limits } from './estimate-data.js';
import type { StepUse } from './measured-chunks.js';

const MINUTE = 60;

/**
 * Seconds that these calls take, if the limits are all that holds them back: each model's queue by itself, the slowest
 * of them; and no less than one chunk's calls one after the other.
 */
export function expectedSeconds(uses: readonly StepUse[], limits: Limits, chunks: number): number {
  const queues = new Map<string, StepUse[]>();
  for (const use of uses) {
    const queue = limits.oneQueue ? 'all' : use.model;
    queues.set(queue, [...(queues.get(queue) ?? []), use]);
  }
  const longest = Math.max(0, ...[...queues.values()].map((all) => secondsOf(all, limits)));
  return Math.max(longest, pathSeconds(uses, chunks));
}

function secondsOf(uses: readonly StepUse[], limits: Limits): number {
  const sum = (of: (use: StepUse) => number) => uses.reduce((total, use) => total + of(use), 0);
  const tokens = sum(({ prompt, completion }) => prompt + completion);
  return Math.max(
    sum(({ latencyMs }) => latencyMs) / 1_000 / limits.concurrency,
    limits.requestsPerMinute === 0 ? 0 : (MINUTE * sum(({ calls }) => calls)) / limits.requestsPerMinute,
    limits.tokensPerMinute === 0 ? 0 : (MINUTE * tokens) / limits.tokensPerMinute,
  );
}

/** Calls of a chunk that wait for each other: judge, questions, three checks, revision, conversation. */
const STEPS_IN_A_ROW = 8;

function pathSeconds(uses: readonly StepUse[], chunks: number): number {
  const calls = uses.reduce((total, use) => total + use.calls, 0);
  const latency = uses.reduce((total, use) => total + use.latencyMs, 0);
  if (calls === 0 || chunks < 1) return 0;
  return (STEPS_IN_A_ROW * latency) / calls / 1_000;
}
