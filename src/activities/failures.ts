import { ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { CallFailure } from '../llm/errors.js';
import { BrokenRunError } from '../planning/broken-run-error.js';
import { describeStoreTrouble } from '../store/store-trouble.js';
import { BLOCKED, BROKEN, REFUSED, TRANSPORT, WAITING } from './failure-types.js';

/** The one place where what went wrong with a call becomes a failure that Temporal understands. */

/** Tasks that wait for the same thing come back spread over so much of their wait. */
const JITTER = 0.2;
/** The retry policy's own wait: 1 s, doubled up to 60 s. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** The server takes a wait of 0 for "not again", and the activity has failed for good. */
const SHORTEST_WAIT_MS = 100;
/** As other tasks of a blocked model wait; the limiter decides which of them tries it. */
const BLOCKED_WAIT_MS = 10_000;
/** About how often a worker's lease is written anew. */
const ELSEWHERE_WAIT_MS = 5_000;
/** A full disk, or a folder that is gone: a person sees to it, and the run should go on soon after. */
const STORE_WAIT_MS = 10_000;

/** The call got no answer, now for the `failures`th time in a row: to be tried again, or, if refused, never. */
export function failedCall(
  failure: CallFailure,
  failures: number,
  random: () => number = Math.random,
): ApplicationFailure {
  switch (failure.kind) {
    case 'refused':
      return refusedCall(failure.message);
    case 'blocked':
      return later(BLOCKED, failure.message, BLOCKED_WAIT_MS, true, random);
    case 'transport': {
      const backoff = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
      return later(TRANSPORT, failure.message, failure.retryAfterMs ?? backoff, failure.rateLimited, random);
    }
  }
}

/** The provider will never answer this request; the workflow decides what that means for the item. */
export function refusedCall(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, REFUSED);
}

/** Something of the run is missing, or our own code cannot deal with it: for ever, so that it must be said. */
export function brokenRun(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, BROKEN);
}

/** Another worker is at it; what it makes will be in the store when this comes again. */
export function elsewhere(message: string): ApplicationFailure {
  return waitingCall(message, ELSEWHERE_WAIT_MS);
}

/**
 * What an activity threw, as Temporal is to see it: what keeps the store from being used becomes a wait, in words and
 * with what to do; a run that lacks something is broken for good; any other error stays as it is.
 */
export function asFailure(error: unknown): unknown {
  if (error instanceof BrokenRunError) return brokenRun(error.message);
  const trouble = describeStoreTrouble(error, 'the output folder');
  return trouble === undefined ? error : waitingCall(trouble, STORE_WAIT_MS);
}

/** The call may not start now, through no fault of its own. */
export function waitingCall(
  message: string,
  retryInMs: number,
  random: () => number = Math.random,
): ApplicationFailure {
  return later(WAITING, message, retryInMs, true, random);
}

function later(
  type: string,
  message: string,
  waitMs: number,
  isBenign: boolean,
  random: () => number,
): ApplicationFailure {
  const delay = Math.max(SHORTEST_WAIT_MS, Math.round(waitMs * (1 + JITTER * random())));
  return ApplicationFailure.create({
    type,
    message: `${message.replace(/\.$/, '')}, next try in ${Math.max(1, Math.round(delay / 1_000))} s`,
    nextRetryDelay: delay,
    // Expected now and then: it should not fill logs and error counts.
    ...(isBenign && { category: ApplicationFailureCategory.BENIGN }),
  });
}
