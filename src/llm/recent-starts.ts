const SECOND_MS = 1_000;
/** The longest time that providers count over. */
export const REMEMBERED_MS = 60_000;

/** How many calls started lately, by the second. Times are milliseconds of a clock that does not go back. */
export class RecentStarts {
  /** In the order of time; seconds without a start are not there. */
  #seconds: { second: number; count: number }[] = [];

  /** `count` below 0: calls of then that turn out not to count. */
  add(at: number, count: number): void {
    const second = Math.floor(at / SECOND_MS);
    const known = this.#seconds.findLast((entry) => entry.second === second);
    if (known !== undefined) known.count += count;
    else if (count > 0) this.#seconds.push({ second, count });
  }

  /**
   * Starts in the `forMs` until then, to whole seconds, and how long ago the first of them was, in milliseconds: at most
   * as long as they were counted over, and at least `leastMs`, so that a few calls at once make no rate beyond measure.
   * What lies a minute before then is forgotten.
   */
  within(forMs: number, until: number, now: number, leastMs: number): { count: number; forMs: number } {
    const oldest = Math.floor((until - REMEMBERED_MS) / SECOND_MS);
    this.#seconds = this.#seconds.filter(({ second }) => second >= oldest);
    const counted = this.#seconds.filter(
      ({ second, count }) => (second + 1) * SECOND_MS > until - forMs && second * SECOND_MS <= until && count > 0,
    );
    const count = counted.reduce((sum, entry) => sum + entry.count, 0);
    const first = counted[0] === undefined ? now : counted[0].second * SECOND_MS;
    return { count, forMs: Math.max(leastMs, Math.min(now - first, Math.max(forMs, until - first))) };
  }
}
