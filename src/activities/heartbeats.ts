import { Context } from '@temporalio/activity';
import { asFailure } from './failures.js';

/** Three fit into the heartbeat timeout, so that one or two may be lost. */
const HEARTBEAT_INTERVAL_MS = 5_000;

/**
 * Shows the server that this activity lives while `work` goes on, however long that takes. A full disk, or a folder that
 * is gone for a while, fails nothing: the activity comes again until it is put right.
 */
export async function withHeartbeats<Result>(work: () => Promise<Result>): Promise<Result> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), HEARTBEAT_INTERVAL_MS);
  // No reason for a process to stay that has ended otherwise.
  timer.unref();
  try {
    return await work();
  } catch (error) {
    throw asFailure(error);
  } finally {
    clearInterval(timer);
  }
}

/** Whether nobody waits for this attempt any more: what is not yet paid for need not be begun. */
export function isAbandoned(): boolean {
  return Context.current().cancellationSignal.aborted;
}

/**
 * Whether its workflow was ended, or the server has given this attempt up: what it would write now, another may have
 * written better. A cancelled run is another thing: it waits for its files.
 */
export function isSuperseded(): boolean {
  const { notFound = false, timedOut = false } = Context.current().cancellationDetails ?? {};
  return notFound || timedOut;
}
