/** Values are told apart by so much. */
const PRECISION = 1.05;

/** Quantiles of positive numbers to within 5 %, in memory that does not grow with their count. */
export class Histogram {
  readonly #bins = new Map<number, number>();
  #count = 0;

  add(value: number): void {
    const bin = Math.round(Math.log(Math.max(1, value)) / Math.log(PRECISION));
    this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + 1);
    this.#count += 1;
  }

  /** The smallest value that a `share` of all do not exceed; 0 where there are none. */
  quantile(share: number): number {
    let seen = 0;
    for (const bin of [...this.#bins.keys()].sort((a, b) => a - b)) {
      seen += this.#bins.get(bin) ?? 0;
      if (seen >= share * this.#count) return PRECISION ** bin;
    }
    return 0;
  }
}
