import { ChanceRefusals } from './chance-refusals.js';
import { RecentStarts, REMEMBERED_MS } from './recent-starts.js';

/** After a refusal calls start at this part of the rate that the provider took. */
const SLOWED_TO = 0.8;
/** So long until they start at that rate again. */
const RECOVERY_MS = 45_000;
/** A provider whose wait is longer counts over a long time, such as a minute, and will take nothing more of it. */
const SHORT_WAIT_MS = 2_000;
/** The rate that a provider with short waits takes is measured over this time. */
const LATELY_MS = 5_000;
const LEAST_MEASURED_MS = 1_000;
/** Where a provider does not say how long to wait. */
const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 60_000;
/** Time counts as spent at the rate in force only where calls follow each other: a rest shows nothing. */
const LONGEST_GAP_MS = 1_000;
/** A rate below this part of what the provider took before is well below it. */
const WELL_BELOW = 0.95;
/** A rate so far above what the concurrency limit can use does nothing any more. */
const LIFTED_AT = 2;
/** Calls a second, where the very first are refused. */
const UNKNOWN_RATE = 1;
/** Calls a second: slower than any provider. */
const SLOWEST = 1 / 60;

/**
 * The rate that is tried `spentMs` after calls were refused at `peak`: from 0.8 of it quickly up, flat around it, and
 * then ever faster beyond, as TCP's CUBIC does (RFC 9438) for the same purpose: to stay near what was taken last, and
 * to find out when there is more.
 */
export function recoveringRate(peak: number, spentMs: number): number {
  const fromPeak = spentMs / RECOVERY_MS - 1;
  return peak * (1 + (1 - SLOWED_TO) * fromPeak ** 3);
}

/**
 * Learns from refusals (429) how many calls a second a provider takes, where nobody said. No rate is in force until the
 * first, and none once it has grown far beyond use. Times are milliseconds of the caller's clock, rates calls a second.
 */
export class AdaptiveRate {
  readonly #starts = new RecentStarts();
  readonly #chance = new ChanceRefusals();
  #peak: number | undefined;
  #spentMs = 0;
  #lastStartAt = -Infinity;
  #slowedAt = -Infinity;
  /** Whether any call was answered since the last slow-down that lowered the rate. */
  #wasAnswered = false;
  #answeredAt: number | undefined;
  #backoffMs = FIRST_BACKOFF_MS;

  /** Undefined: as many as there are slots. */
  get rate(): number | undefined {
    return this.#peak === undefined ? undefined : recoveringRate(this.#peak, this.#spentMs);
  }

  /** A call starts; `usable`: calls a second for which there are slots. */
  started(now: number, usable: number): void {
    this.#starts.add(now, 1);
    this.#chance.started(this.#isWellBelow);
    const { rate } = this;
    if (rate === undefined) return;
    this.#spentMs += Math.min(Math.max(0, now - this.#lastStartAt), Math.max(LONGEST_GAP_MS, 2_000 / rate));
    this.#lastStartAt = now;
    if (rate > usable * LIFTED_AT) this.#peak = undefined;
  }

  /** A call that started then is not made after all. */
  takenBack(startedAt: number): void {
    this.#starts.add(startedAt, -1);
  }

  answered(startedAt: number, now: number): void {
    this.#answeredAt = now;
    this.#wasAnswered = true;
    if (startedAt >= this.#slowedAt) this.#backoffMs = FIRST_BACKOFF_MS;
  }

  /**
   * A call that began at `startedAt` was refused because there are too many. Gives how long to start none. Refusals of
   * calls from before the last slow-down are about the rate of then; those by chance are about no rate, and only their
   * own call waits.
   */
  refused(startedAt: number, retryAfterMs: number | undefined, now: number): number {
    this.#starts.add(startedAt, -1);
    if (startedAt < this.#slowedAt) return retryAfterMs ?? 0;
    const isByChance = this.#chance.refused(this.#isWellBelow);
    if (isByChance && (retryAfterMs ?? 0) <= SHORT_WAIT_MS) return 0;
    this.#chance.forget();
    const waitMs = retryAfterMs ?? this.#backoff();
    const taken = this.#taken(waitMs, retryAfterMs !== undefined, now);
    // One that takes nothing at all (a day's quota is used up, it is down) does not say how fast it takes calls when it does.
    const known = this.#wasAnswered ? this.rate : this.#peak;
    this.#peak = Math.max(SLOWEST, Math.min(taken, known ?? taken));
    this.#wasAnswered = false;
    this.#spentMs = 0;
    this.#slowedAt = now;
    this.#lastStartAt = now + waitMs;
    return waitMs;
  }

  get #isWellBelow(): boolean {
    const { rate } = this;
    return rate !== undefined && this.#peak !== undefined && rate < WELL_BELOW * this.#peak;
  }

  #backoff(): number {
    const waitMs = this.#backoffMs;
    this.#backoffMs = Math.min(2 * waitMs, LONGEST_BACKOFF_MS);
    return waitMs;
  }

  /**
   * The rate that the provider took until its last answer. What it took before a wait has to last until the end of the
   * wait, where that is the rest of a minute; a longer one is about something else, and one of our own about nothing.
   */
  #taken(waitMs: number, isTold: boolean, now: number): number {
    const until = this.#answeredAt ?? now;
    const restMs = isTold && waitMs < REMEMBERED_MS ? waitMs : 0;
    const counted = restMs > SHORT_WAIT_MS ? Math.max(REMEMBERED_MS - restMs, LATELY_MS) : REMEMBERED_MS;
    const long = this.#starts.within(counted, until, now, 0);
    const overall = (1_000 * long.count) / Math.max(LEAST_MEASURED_MS, long.forMs + restMs);
    const short = this.#starts.within(LATELY_MS, until, now, LEAST_MEASURED_MS);
    const lately = waitMs <= SHORT_WAIT_MS ? (1_000 * short.count) / short.forMs : 0;
    const taken = Math.max(overall, lately);
    return taken > 0 ? taken : (this.rate ?? UNKNOWN_RATE);
  }
}
