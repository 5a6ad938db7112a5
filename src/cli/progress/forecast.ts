import { limitersOf } from '../describe-status.js';
import type { RunStatus } from '../run-status.js';
import { SHOWN_TIMES } from './shown-time.js';
import { TimeLeftGauge } from './time-left.js';

/** What can be said of a run's speed and end. What is not known well enough is absent. */
export interface Forecast {
  callsPerMinute?: number;
  chunksPerMinute?: number;
  /** From 0 to 1: of the work, counted in calls. */
  share: number;
  /** As it is shown: coarse and slow to change. */
  secondsLeft?: number;
  /** Place of that in `SHOWN_TIMES`. */
  shownStep?: number;
  /** Over the life of the output folder, once all is done. */
  tokens?: number;
  cost?: number;
  /** No call may start until somebody acts, or the provider is back. */
  isWaiting: boolean;
}

/** What a run will cost is said from so much of its work on: conversations come last in a chunk, and cost most. */
const SHARE_FOR_COST = 0.1;
const CHUNKS_FOR_COST = 5;
/** So many seconds of chunks are looked back at: they close less evenly than calls. */
const CHUNK_WINDOW_S = 180;
const LEAST_CHUNK_SPAN_S = 20;

/** Follows a run from look to look. */
export class Forecaster {
  readonly #gauge = new TimeLeftGauge();
  #closed: { at: number; chunks: number }[] = [];

  /** @param at seconds, by a clock that nobody sets */
  look(status: RunStatus, at: number): Forecast {
    const isWaiting = waits(status);
    const { callsPerMinute, work, step } = this.#gauge.look({
      at,
      work: workOf(status),
      answeredBy: answeredBy(status),
      inFlight: limitersOf(status).reduce((sum, { inFlight }) => sum + inFlight, 0),
      isWaiting,
    });
    const chunksPerMinute = this.#chunksPerMinute(at, status, isWaiting);
    const { chunks, funnel } = status;
    const share = chunks === 0 ? 0 : (work?.share ?? funnel.chunks.in / chunks);
    return {
      share,
      isWaiting,
      ...(callsPerMinute !== undefined && { callsPerMinute }),
      ...(chunksPerMinute !== undefined && { chunksPerMinute }),
      ...(step !== undefined && { shownStep: step, secondsLeft: SHOWN_TIMES[step] as number }),
      ...(work?.isMeasured && funnel.chunks.in >= CHUNKS_FOR_COST && share >= SHARE_FOR_COST && share < 1
        ? project(status, work.calls)
        : {}),
    };
  }

  #chunksPerMinute(at: number, { chunks, funnel }: RunStatus, isWaiting: boolean): number | undefined {
    if (isWaiting) this.#closed = [];
    // A look to which the run gave no answer says nothing.
    if (chunks === 0) return undefined;
    this.#closed.push({ at, chunks: funnel.chunks.in });
    while (this.#closed.length > 2 && (this.#closed[1]?.at ?? at) < at - CHUNK_WINDOW_S) this.#closed.shift();
    const [first] = this.#closed;
    if (first === undefined || at - first.at < LEAST_CHUNK_SPAN_S || funnel.chunks.in <= first.chunks) return undefined;
    return (60 * (funnel.chunks.in - first.chunks)) / (at - first.at);
  }
}

/** Paused, nobody at work, or every model closed until a person acts or for a while. */
function waits(status: RunStatus): boolean {
  const limiters = limitersOf(status);
  return status.paused || !limiters.some(({ closed }) => closed === undefined);
}

function workOf({ chunks, funnel, totals, openChunks, openCalls }: RunStatus) {
  const { in: closed } = funnel.chunks;
  return { chunks, closed, worthy: funnel.worthy, closedCalls: totals.calls, open: openChunks, openCalls };
}

function answeredBy({ workers }: RunStatus): Map<string, number> {
  return new Map(
    workers.map(({ worker, limiters }) => [
      worker,
      Object.values(limiters).reduce((sum, { answered }) => sum + answered, 0),
    ]),
  );
}

/** As if the calls to come cost what those so far did. */
function project({ spent }: RunStatus, callsLeft: number): Pick<Forecast, 'tokens' | 'cost'> {
  if (spent === undefined) return {};
  const models = Object.values(spent.paid.models);
  const calls = models.reduce((sum, model) => sum + model.calls, 0);
  if (calls === 0) return {};
  const tokens = models.reduce((sum, { prompt, completion }) => sum + prompt + completion, 0);
  const growth = 1 + callsLeft / calls;
  const { cost } = spent.paid;
  return { tokens: Math.round(tokens * growth), ...(cost !== undefined && { cost: cost * growth }) };
}
