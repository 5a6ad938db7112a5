/** A lease is written every few seconds and read by people. */
const KEPT = 5;

/** The last few distinct problems of a worker, the newest last, each with the time it was last met (UTC). */
export class RecentProblems {
  readonly #now: () => Date;
  readonly #times = new Map<string, Date>();

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  /** Whether it is not among the kept ones: what comes every second need not be logged every second. */
  add(message: string): boolean {
    const isNew = !this.#times.delete(message);
    this.#times.set(message, this.#now());
    const [oldest] = this.#times.keys();
    if (this.#times.size > KEPT && oldest !== undefined) this.#times.delete(oldest);
    return isNew;
  }

  /** As in `20:41 UTC: records/x.json is damaged: ...`. */
  list(): string[] {
    return [...this.#times].map(([message, at]) => `${at.toISOString().slice(11, 16)} UTC: ${message}`);
  }
}
