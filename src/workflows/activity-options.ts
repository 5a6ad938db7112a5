import type { ActivityOptions } from '@temporalio/workflow';
import type { RunContext } from '../run-context.js';

/** A running activity beats every 5 s; a worker that missed two beats and a half is taken for dead. */
const HEARTBEAT_TIMEOUT = '15s';
/** For the journal and for joining a call that already runs, on top of the longest model call. */
const CALL_MARGIN_MS = 60_000;
/** Reading and writing a large run is slow on a loaded disk, and shows its life by heartbeats. */
const IO_TIMEOUT = '6h';

/** No limit on attempts or on time in the queue: a run that is blocked or paused over a weekend fails nothing. */
const RETRY = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '60s' } as const;

/** TRY_CANCEL: a cancelled run does not wait for its paid calls; the worker ends and records them all the same. */
export function modelActivityOptions({ callTimeoutMs }: RunContext): ActivityOptions {
  return {
    startToCloseTimeout: callTimeoutMs + CALL_MARGIN_MS,
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    retry: RETRY,
    cancellationType: 'TRY_CANCEL',
  };
}

/** A cancelled run waits for its files: when it has ended, nothing writes to them any more. */
export function ioActivityOptions({ queues }: RunContext): ActivityOptions {
  return {
    taskQueue: queues.io,
    startToCloseTimeout: IO_TIMEOUT,
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    retry: RETRY,
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  };
}
