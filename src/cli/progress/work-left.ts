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
  /** False while no worthy chunk is closed: what one needs is only guessed then. */
  isMeasured: boolean;
}

/** The judge's, which every chunk has. */
const CALLS_OF_UNWORTHY = 1;
/** The judge's, and one that writes questions. */
const LEAST_OF_WORTHY = 2;
/** With the settings as they come, four questions and three votes. */
const USUAL_OF_WORTHY = 40;
/** Where none is closed, they are expected to need so many times what they had so far. */
const LEAST_GROWTH = 1.8;
/** A chunk that is with the judge is not done yet. */
const LEAST_AT_JUDGE = 0.5;
/** An open chunk with as many calls as others needed still writes its last conversations: never nothing is left. */
const LEAST_LEFT = 0.12;

/** Nothing before a chunk is begun. */
export function estimateWorkLeft(seen: WorkSeen): WorkLeft | undefined {
  const { chunks, closed, worthy, closedCalls, open, openCalls } = seen;
  if (closed + openCalls.length === 0) return undefined;
  const unworthy = closed - worthy;
  const judgedOpen = openCalls.filter((calls) => calls > CALLS_OF_UNWORTHY).length;
  const perLooked = openCalls.length === 0 ? 0 : open / openCalls.length;
  // Worthy chunks take long, so of the closed ones alone too few are worthy.
  const worthyKnown = worthy + judgedOpen * perLooked;
  // One of each kind more (Laplace's rule): the first few chunks do not speak for all.
  const share = (worthyKnown + 1) / (worthyKnown + unworthy + 2);
  const perWorthy = callsOfWorthy(seen);
  const perUnbegun = share * perWorthy + (1 - share) * CALLS_OF_UNWORTHY;
  const leftOf = (calls: number) =>
    calls > CALLS_OF_UNWORTHY
      ? Math.max(perWorthy - calls, LEAST_LEFT * perWorthy)
      : Math.max(LEAST_AT_JUDGE, perUnbegun - calls);
  const openLeft = openCalls.map(leftOf);
  const inOpen = perLooked * sum(openLeft);
  const unbegun = Math.max(0, chunks - closed - open);
  const calls = inOpen + unbegun * perUnbegun;
  const done = closedCalls + perLooked * sum(openCalls);
  const longest = unbegun > 0 ? 1 : Math.min(1, Math.max(0, ...openLeft) / perWorthy);
  return { calls, share: done / (done + calls), longest, isMeasured: worthy > 0 };
}

function callsOfWorthy({ closed, worthy, closedCalls, openCalls }: WorkSeen): number {
  if (worthy === 0) {
    const judged = openCalls.filter((calls) => calls > CALLS_OF_UNWORTHY);
    return Math.max(USUAL_OF_WORTHY, (LEAST_GROWTH * sum(judged)) / Math.max(1, judged.length));
  }
  const ofWorthy = closedCalls - (closed - worthy) * CALLS_OF_UNWORTHY;
  // Those that need few calls close first: what is usual counts as if it had been seen in one more.
  return Math.max(LEAST_OF_WORTHY, (ofWorthy + USUAL_OF_WORTHY) / (worthy + 1));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
