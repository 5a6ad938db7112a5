import type { FaultCounts } from '../limiter-state.js';

const FIRST_BIN_MS = 60_000;
/** A lease is written every few seconds: what it says of a run of days must stay small. */
const MOST_BINS = 120;

/** When calls failed, minute by minute; of a long run, by twice the time, and so on. */
export class FaultLog {
  #binMs = FIRST_BIN_MS;
  #counts = new Map<number, number>();

  /** @param now milliseconds since the epoch */
  add(now: number): void {
    this.#count(Math.floor(now / this.#binMs), 1);
    while (this.#counts.size > MOST_BINS) this.#widen();
  }

  get state(): FaultCounts {
    return { binMs: this.#binMs, counts: Object.fromEntries(this.#counts) };
  }

  #count(bin: number, more: number): void {
    this.#counts.set(bin, (this.#counts.get(bin) ?? 0) + more);
  }

  #widen(): void {
    const before = this.#counts;
    this.#counts = new Map();
    this.#binMs *= 2;
    for (const [bin, count] of before) this.#count(Math.floor(bin / 2), count);
  }
}
