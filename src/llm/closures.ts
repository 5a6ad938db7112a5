import type { LimiterState } from '../limiter-state.js';
import { Blocks } from './blocks.js';

/** How soon a task that may not start is tried again where no better time is known. */
const RETRY_UNKNOWN_MS = 30_000;
/** No worker takes tasks while the run is paused: they wait on the server, ready for when it goes on. */
const PAUSED_RETRY_MS = 1_000;
/** So soon most tasks stand ready again when there is more money. */
const OVER_BUDGET_RETRY_MS = 10_000;
/** Another worker may take the call at once. */
export const ELSEWHERE_RETRY_MS = 1_000;

/** Why a call may not start now, and when to ask again. */
export type Closure = NonNullable<LimiterState['closed']> & {
  retryInMs: number;
  /** This one call is to try whether the reason still holds. */
  mayProbe?: boolean;
};

/** What closes a limiter from outside, as its worker finds it about once a second. */
export interface Closing {
  paused: boolean;
  /** Nobody can see that this worker lives, or its answers cannot be kept. */
  leaseLost: boolean;
  /** Why, and what to do about it. */
  trouble?: string;
}

/** Everything that keeps calls of one model from starting, whatever its limits have room for; the first reason counts. */
export class Closures {
  readonly #now: () => number;
  readonly #blocks = new Blocks();
  #stopping = false;
  #closing: Closing = { paused: false, leaseLost: false };
  #trouble = 'this worker cannot write to the output folder';
  #overBudget: string | undefined;
  #coolUntil = -Infinity;

  /** `now`: milliseconds, by a monotonic clock. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get isPaused(): boolean {
    return this.#closing.paused;
  }

  set(closing: Closing): void {
    this.#closing = closing;
    this.#trouble = closing.trouble ?? this.#trouble;
  }

  stop(): void {
    this.#stopping = true;
  }

  /** With why, and what to do; `undefined`: there is money left. */
  overBudget(message: string | undefined): void {
    this.#overBudget = message;
  }

  coolDown(forMs: number): void {
    this.#coolUntil = Math.max(this.#coolUntil, this.#now() + forMs);
  }

  block(message: string, step: string | undefined): void {
    this.#blocks.add(message, step, this.#now());
  }

  answered(step: string, startedAt: number): void {
    this.#blocks.answered(step, startedAt);
  }

  noteStart(step: string | undefined): void {
    this.#blocks.noteProbe(step, this.#now());
  }

  /** Why a call of this step may not start; undefined: nothing closes it. */
  find(step: string | undefined): Closure | undefined {
    const now = this.#now();
    if (this.#stopping)
      return { reason: 'stopping', message: 'this worker is being stopped', retryInMs: ELSEWHERE_RETRY_MS };
    if (this.#closing.paused) return { reason: 'paused', message: 'the run is paused', retryInMs: PAUSED_RETRY_MS };
    if (this.#closing.leaseLost)
      return { reason: 'output unusable', message: this.#trouble, retryInMs: RETRY_UNKNOWN_MS };
    if (this.#overBudget !== undefined)
      return { reason: 'over budget', message: this.#overBudget, retryInMs: OVER_BUDGET_RETRY_MS };
    const coolMs = Math.max(0, this.#coolUntil - now);
    const block = this.#blocks.find(step, now);
    if (block !== undefined) {
      // A probe, too, keeps to the wait that the provider asked for.
      const retryInMs = Math.max(block.retryInMs, coolMs);
      return { reason: 'blocked', ...block, retryInMs, mayProbe: block.mayProbe && coolMs === 0 };
    }
    return coolMs === 0 ? undefined : this.#cooling(coolMs);
  }

  #cooling(retryInMs: number): Closure {
    // Waits go by the monotonic clock; what people are told is the time of day.
    const until = Math.round(Date.now() + retryInMs);
    return { reason: 'cooling down', message: 'the provider takes no more for now', until, retryInMs };
  }

  /** What people are told: also where one step alone is closed. */
  describe(): LimiterState['closed'] {
    const closure = this.find(this.#blocks.anyStep);
    if (closure === undefined) return undefined;
    const { reason, message, until } = closure;
    return { reason, message, ...(until !== undefined && { until }) };
  }
}
