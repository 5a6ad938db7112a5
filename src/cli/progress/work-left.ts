/** How far a run's chunks are, counted in model calls. Pure. */

export interface WorkSeen {
  /** Of the whole run. */
  chunks: number;
  closed: number;
  /** Of the closed ones, those with more calls than the judge's. */
  worthy: number;
  /** Calls of the closed chunks. */
  closedCalls: number;
  open: number;
  /** Calls answered so far in each open chunk that was looked at: all, or some that stand for all. */
  openCalls: readonly number[];
}

export interface WorkLeft {
  calls: number;
  /** Done, of all that is expected, from 0 to 1. */
  share: number;
  /** The largest part of one chunk that is still to be done, from 0 to 1. */
  longest: number;
}

/** The judge's, which every chunk has. */
const CALLS_OF_UNWORTHY = 1;
/** An open chunk with as many calls as others needed still writes its last conversations: never nothing is left. */
const LEAST_LEFT = 0.12;

/** Nothing while no worthy chunk is closed: what one needs is not known then. */
export function estimateWorkLeft(seen: WorkSeen): WorkLeft | undefined {
  const { chunks, closed, worthy, closedCalls, open, openCalls } = seen;
  if (closed === 0) return undefined;
  const unworthy = closed - worthy;
  const hasWorthy = worthy > 0;
  const judgedOpen = openCalls.filter((calls) => calls > CALLS_OF_UNWORTHY).length;
  const perLooked = openCalls.length === 0 ? 0 : open / openCalls.length;
  // Worthy chunks take long, so of the closed ones alone too few are worthy.
  const worthyKnown = worthy + judgedOpen * perLooked;
  const share = worthyKnown / (worthyKnown + unworthy);
  if (!hasWorthy && worthyKnown > 0) return undefined;
  const perWorthy = hasWorthy ? Math.max(2, (closedCalls - unworthy * CALLS_OF_UNWORTHY) / worthy) : CALLS_OF_UNWORTHY;
  const perUnbegun = share * perWorthy + (1 - share) * CALLS_OF_UNWORTHY;
  const leftOf = (calls: number) =>
    calls > CALLS_OF_UNWORTHY ? Math.max(perWorthy - calls, LEAST_LEFT * perWorthy) : Math.max(0.5, perUnbegun - calls);
  const openLeft = openCalls.map(leftOf);
  const inOpen = perLooked * sum(openLeft);
  const unbegun = Math.max(0, chunks - closed - open);
  const calls = inOpen + unbegun * perUnbegun;
  const done = closedCalls + perLooked * sum(openCalls);
  const longest = unbegun > 0 ? 1 : Math.min(1, Math.max(0, ...openLeft) / perWorthy);
  return { calls, share: done / (done + calls), longest };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
