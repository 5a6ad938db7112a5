import { Context } from '@temporalio/activity';
import { orStoreTrouble } from './failures.js';

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
    throw orStoreTrouble(error);
  } finally {
    clearInterval(timer);
  }
}

/** Whether nobody waits for this attempt any more: what is not yet paid for need not be begun. */
export function isAbandoned(): boolean {
  return Context.current().cancellationSignal.aborted;
}
