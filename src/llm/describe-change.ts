import type { LimiterState } from '../limiter-state.js';

export interface LogLine {
  level: 'info' | 'warn';
  text: string;
}

/** Shorter waits come with every slow-down, and are over before anyone has read of them. */
const LOGGED_WAIT_MS = 5_000;

type Closing = LimiterState['closed'];

/** Says what the log says of one limiter's changes: not of each refusal, but of what it means for the run. */
export function createChangeLog(): (state: LimiterState, now?: number) => LogLine[] {
  let closed: Closing;
  let isSlowed = false;
  return (state, now = Date.now()) => {
    const [wasClosed, wasSlowed] = [closed, isSlowed];
    closed = loggedClosing(state.closed, now);
    isSlowed = state.slowedTo !== undefined;
    return [...describeClosing(wasClosed, closed), ...describePace(wasSlowed, state)];
  };
}

function loggedClosing(closed: Closing, now: number): Closing {
  const isShort = closed?.until !== undefined && closed.until - now < LOGGED_WAIT_MS;
  return isShort ? undefined : closed;
}

function describeClosing(before: Closing, after: Closing): LogLine[] {
  if (after === undefined) return before === undefined ? [] : [{ level: 'info', text: 'calls may start' }];
  if (before?.reason === after.reason && before.message === after.message) return [];
  return [{ level: 'warn', text: `${after.reason}: ${after.message}` }];
}

function describePace(wasSlowed: boolean, { slowedTo, lastFailure }: LimiterState): LogLine[] {
  if (slowedTo === undefined) return wasSlowed ? [{ level: 'info', text: 'no longer slowed down' }] : [];
  if (wasSlowed) return [];
  const because = lastFailure === undefined ? '' : `, after: ${lastFailure}`;
  return [{ level: 'warn', text: `slowed down to ${Math.max(1, Math.round(slowedTo))} calls a minute${because}` }];
}
