/** An answer counts for this part of the mean, so that it follows a model that becomes slower within some dozens. */
const WEIGHT = 1 / 20;

/** How long answers take lately, and so how many calls a second a number of slots can use (Little's law). */
export class Latency {
  #meanMs: number | undefined;

  add(ms: number): void {
    this.#meanMs = this.#meanMs === undefined ? ms : this.#meanMs + (ms - this.#meanMs) * WEIGHT;
  }

  /** Calls a second; Infinity while no answer has come. */
  usable(slots: number): number {
    return this.#meanMs === undefined ? Infinity : (1_000 * slots) / Math.max(1, this.#meanMs);
  }
}
