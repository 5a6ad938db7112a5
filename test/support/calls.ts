import type { CallFailure } from '../../src/llm/errors.js';
import type { StartedCall } from '../../src/llm/limiter.js';
import type { CallSize } from '../../src/llm/token-estimate.js';

/** Some call, where it does not matter which. */
export const ANY_CALL: CallSize = callOf('judge-paragraph');

export function callOf(step: string): CallSize {
  return { step, characters: 3_500, maxTokens: 100 };
}

/** A call that began then. */
export function startedCall(step: string, startedAt: number): StartedCall {
  return { size: callOf(step), startedAt, tokens: 0 };
}

export function failureOf(reason: string, message = reason): CallFailure {
  return { kind: 'transport', reason, message, rateLimited: false };
}

/** A 429 with a time to wait, or without. */
export function refusal(retryAfterMs?: number): CallFailure {
  const failure = { ...failureOf('429'), rateLimited: true };
  return retryAfterMs === undefined ? failure : { ...failure, retryAfterMs };
}
