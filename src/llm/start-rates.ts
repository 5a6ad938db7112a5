import type { LimiterState } from '../limiter-state.js';
import type { Usage } from '../records.js';
import { AdaptiveRate } from './adaptive-rate.js';
import { Bucket, paceFor } from './bucket.js';
import { Latency } from './latency.js';
import { type CallSize, TokenEstimate } from './token-estimate.js';

/** A worker's part of the configured rates; undefined: no limit. Fractions are fine, 0 is nothing at all. */
export interface ConfiguredRates {
  requestsPerMinute: number | undefined;
  tokensPerMinute: number | undefined;
}

/** So much of a second's worth the provider may be given at once at a rate that was learned: its own bucket may be small. */
const LEARNED_BURST_S = 0.5;
/** A size that was the largest once is forgotten, call by call. */
const FORGET_LARGEST = 0.95;
/** A call counts for this part of the usual size. */
const MEAN_WEIGHT = 0.05;

/**
 * How fast the calls of one model may start: by configured requests and tokens a minute, and by what its refusals
 * taught. Times are milliseconds of the caller's clock.
 */
export class StartRates {
  readonly #adaptive = new AdaptiveRate();
  readonly #estimate = new TokenEstimate();
  readonly #latency = new Latency();
  #configured: ConfiguredRates = { requestsPerMinute: undefined, tokensPerMinute: undefined };
  #requests: Bucket | undefined;
  #tokens: Bucket | undefined;
  #learned: Bucket | undefined;
  #largestTokens = 0;
  #meanTokens = 0;

  /** Whether this worker has no part of a configured rate. */
  get areZero(): boolean {
    return this.#configured.requestsPerMinute === 0 || this.#configured.tokensPerMinute === 0;
  }

  get areInForce(): boolean {
    return [this.#requests, this.#tokens, this.#learned].some((bucket) => bucket !== undefined);
  }

  set(configured: ConfiguredRates, now: number): void {
    this.#configured = configured;
    this.#setPaces(now);
  }

  /** How long until a call may start, after the calls that wait before it; Infinity where this worker has no part. */
  waitFor(size: CallSize, ahead: readonly CallSize[], now: number): number {
    const tokens = this.#tokens?.waitFor(this.#estimate.of(size), this.#tokensOf(ahead), now);
    const bucketsOfCalls = [this.#requests, this.#learned];
    return Math.max(tokens ?? 0, ...bucketsOfCalls.map((bucket) => bucket?.waitFor(1, ahead.length, now) ?? 0));
  }

  /** A call starts, with so many slots for calls; gives the tokens that are counted for it. */
  start(size: CallSize, slots: number, now: number): number {
    const tokens = this.#estimate.of(size);
    this.#largestTokens = Math.max(tokens, this.#largestTokens * FORGET_LARGEST);
    this.#meanTokens += (tokens - this.#meanTokens) * (this.#meanTokens === 0 ? 1 : MEAN_WEIGHT);
    this.#adaptive.started(now, this.#latency.usable(slots));
    this.#setPaces(now);
    this.#requests?.take(1, now);
    this.#learned?.take(1, now);
    this.#tokens?.take(tokens, now);
    return tokens;
  }

  /** A call was answered for which so many tokens were counted. */
  answered(size: CallSize, startedAt: number, counted: number, usage: Usage, now: number): void {
    this.#adaptive.answered(startedAt, now);
    this.#latency.add(now - startedAt);
    // Some services do not say what a call took.
    if (usage.prompt === 0) return;
    this.#estimate.learn(size, usage);
    this.giveBack(counted - usage.prompt - usage.completion, now);
  }

  /** So many tokens less were taken than were counted; below 0: more. */
  giveBack(tokens: number, now: number): void {
    this.#tokens?.giveBack(tokens, now);
  }

  /** A call that started then, and was counted so, is not made. */
  takeBack(startedAt: number, tokens: number, now: number): void {
    this.#adaptive.takenBack(startedAt);
    this.#requests?.giveBack(1, now);
    this.#learned?.giveBack(1, now);
    this.giveBack(tokens, now);
  }

  /** The provider refused a call because there are too many; gives how long to start none. */
  refused(startedAt: number, retryAfterMs: number | undefined, now: number): number {
    const waitMs = this.#adaptive.refused(startedAt, retryAfterMs, now);
    this.#setPaces(now);
    return waitMs;
  }

  /** How many calls of the usual size may start within so many milliseconds after those ahead; Infinity without any rate. */
  roomWithin(ms: number, ahead: readonly CallSize[], now: number): number {
    const tokens = (this.#tokens?.within(ms, now) ?? Infinity) - this.#tokensOf(ahead);
    const calls = Math.min(...[this.#requests, this.#learned].map((bucket) => bucket?.within(ms, now) ?? Infinity));
    return Math.min(calls - ahead.length, tokens / Math.max(1, this.#meanTokens));
  }

  state(): Pick<LimiterState, 'requestsPerMinute' | 'tokensPerMinute' | 'slowedTo'> {
    const { requestsPerMinute, tokensPerMinute } = this.#configured;
    const { rate } = this.#adaptive;
    return {
      ...(requestsPerMinute !== undefined && { requestsPerMinute }),
      ...(tokensPerMinute !== undefined && { tokensPerMinute }),
      ...(rate !== undefined && { slowedTo: 60 * rate }),
    };
  }

  #tokensOf(calls: readonly CallSize[]): number {
    return this.#tokens === undefined ? 0 : calls.reduce((sum, size) => sum + this.#estimate.of(size), 0);
  }

  #setPaces(now: number): void {
    const { requestsPerMinute, tokensPerMinute } = this.#configured;
    const { rate } = this.#adaptive;
    this.#requests = paced(this.#requests, requestsPerMinute, 1, now);
    this.#tokens = paced(this.#tokens, tokensPerMinute, this.#largestTokens, now);
    if (rate === undefined) this.#learned = undefined;
    else {
      const pace = { perMs: rate / 1_000, capacity: Math.max(1, rate * LEARNED_BURST_S) };
      this.#learned ??= new Bucket(pace, now);
      this.#learned.setPace(pace, now);
    }
  }
}

function paced(
  bucket: Bucket | undefined,
  limitPerMinute: number | undefined,
  largest: number,
  now: number,
): Bucket | undefined {
  if (limitPerMinute === undefined) return undefined;
  const pace = paceFor(limitPerMinute, largest);
  bucket?.setPace(pace, now);
  return bucket ?? new Bucket(pace, now);
}
