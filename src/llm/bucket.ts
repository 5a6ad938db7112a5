/** How fast calls (or tokens) may start, and how many at once after a rest. */
export interface Pace {
  perMs: number;
  capacity: number;
}

/** Providers count any 60 seconds; calls half a second early or late on the way must not meet in one of these. */
const WINDOW_S = 60.5;
/** The share of a minute's limit that idle time may save up: a second's worth. */
const SAVED_UP = 1 / 61.5;
/**
 * What a bucket holds more than a second's worth for single large calls slows it down by no more than this. Where single
 * calls take more than half of a minute's limit and small ones follow, a minute may hold up to half a limit too much; to
 * keep to it would leave most of the limit unused all the time.
 */
const LEAST_RATE = 0.5;

/**
 * The fastest pace at which no 60 seconds hold more than the limit: what flows in during such a time and what had been
 * saved up before stay below it together. `largest`: the largest single amount; a bucket must hold that.
 */
export function paceFor(limitPerMinute: number, largest: number): Pace {
  const capacity = Math.max(largest, limitPerMinute * SAVED_UP);
  // One more than the limit is the first that is too many.
  const perWindow = Math.max(limitPerMinute + 1 - capacity, limitPerMinute * LEAST_RATE);
  return { perMs: Math.min(perWindow, limitPerMinute) / (WINDOW_S * 1_000), capacity };
}

/**
 * A token bucket: fills at its pace up to its capacity, so that a rest is never made up for by a storm. What is larger
 * than the capacity is taken from the full bucket, which then owes. Empty at first: what was taken before, by a process
 * that is gone, may still count. Times are milliseconds of the caller's clock.
 */
export class Bucket {
  #pace: Pace;
  #level = 0;
  #filledAt: number;

  constructor(pace: Pace, now: number) {
    this.#pace = pace;
    this.#filledAt = now;
  }

  setPace(pace: Pace, now: number): void {
    this.#fill(now);
    this.#pace = pace;
    this.#level = Math.min(this.#level, pace.capacity);
  }

  /** How long until `amount` may be taken, when `ahead` will be taken before it; Infinity where nothing flows in. */
  waitFor(amount: number, ahead: number, now: number): number {
    if (this.#pace.perMs === 0) return Infinity;
    this.#fill(now);
    const missing = ahead + Math.min(amount, this.#pace.capacity) - this.#level;
    return Math.max(0, missing / this.#pace.perMs);
  }

  take(amount: number, now: number): void {
    this.#fill(now);
    this.#level -= amount;
  }

  giveBack(amount: number, now: number): void {
    this.#fill(now);
    this.#level = Math.min(this.#level + amount, this.#pace.capacity);
  }

  /** What may be taken within so many milliseconds; below 0 while it owes more. */
  within(ms: number, now: number): number {
    this.#fill(now);
    return this.#level + ms * this.#pace.perMs;
  }

  #fill(now: number): void {
    const { perMs, capacity } = this.#pace;
    this.#level = Math.min(capacity, this.#level + Math.max(0, now - this.#filledAt) * perMs);
    this.#filledAt = Math.max(now, this.#filledAt);
  }
}
