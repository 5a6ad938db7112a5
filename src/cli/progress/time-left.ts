import { CallRate } from './call-rate.js';
import { nextStep } from './shown-time.js';
import { estimateWorkLeft, type WorkLeft, type WorkSeen } from './work-left.js';

/** One look at a run, as far as its speed goes. */
export interface Look {
  /** Seconds, by a clock that nobody sets. */
  at: number;
  work: WorkSeen;
  /** Each worker's calls since it started. */
  answeredBy: ReadonlyMap<string, number>;
  inFlight: number;
  /** Paused or blocked: time does not count. */
  isWaiting: boolean;
}

export interface TimeLeft {
  callsPerMinute?: number;
  /** Calls of open chunks and of those to come; absent while nothing can be said. */
  work?: WorkLeft;
  /** Absent until it can be trusted, and while the run waits. */
  seconds?: number;
  /** Place in `SHOWN_TIMES`. */
  step?: number;
}

/**
 * Calls of one chunk that come one after the other: judge, questions, three checks of which some take a second round,
 * revision, conversation.
 */
const CALLS_IN_A_ROW = 8;
/** Known well enough to be shown: so much of the work, or so many seconds, and a few chunks done. */
const TRUSTED_SHARE = 0.05;
const TRUSTED_SECONDS = 60;
const TRUSTED_CHUNKS = 3;
const TRUSTED_SHARE_UNMEASURED = 0.2;
const TRUSTED_SECONDS_UNMEASURED = 10;

/** Reckons the time left from the calls that are left and the speed at which calls are answered. */
export class TimeLeftGauge {
  readonly #rate = new CallRate();
  #active = 0;
  #lastAt: number | undefined;
  #step: number | undefined;

  look({ at, work: seen, answeredBy, inFlight, isWaiting }: Look): TimeLeft {
    if (!isWaiting && this.#lastAt !== undefined) this.#active += at - this.#lastAt;
    this.#lastAt = at;
    this.#rate.add(this.#active, answeredBy, inFlight);
    const rate = this.#rate.measure(this.#active);
    const work = estimateWorkLeft(seen);
    const known = { ...(work && { work }), ...(rate && !isWaiting && { callsPerMinute: rate.perSecond * 60 }) };
    if (rate === undefined || work === undefined || isWaiting || !this.#isTrusted(work, seen)) return known;
    const inRow = work.longest * CALLS_IN_A_ROW * rate.latency;
    const seconds = Math.max(work.calls / rate.perSecond, inRow);
    this.#step = nextStep(seconds, this.#step);
    return { ...known, seconds, step: this.#step };
  }

  #isTrusted({ share, isMeasured }: WorkLeft, { closed }: WorkSeen): boolean {
    // Once all chunks are done, writing the dataset is no matter of calls.
    if (share === 1) return false;
    if (this.#step !== undefined) return true;
    // Chunks that go side by side end late together: by then their own calls tell as much as one that is done.
    if (!isMeasured) return share >= TRUSTED_SHARE_UNMEASURED && this.#active >= TRUSTED_SECONDS_UNMEASURED;
    return closed >= TRUSTED_CHUNKS && (share >= TRUSTED_SHARE || this.#active >= TRUSTED_SECONDS);
  }
}
