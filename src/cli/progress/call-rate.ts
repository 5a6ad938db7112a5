interface Point {
  /** Seconds of the run's active time. */
  at: number;
  answered: number;
  inFlight: number;
}

/** So many seconds are looked back: a slow-down shows soon, the chances of single calls do not. */
const WINDOW_S = 75;
/** Workers tell every 5 s what they did: less than two such steps is no rate. */
const LEAST_SPAN_S = 10;
/** Silence that is longer than between two words of a worker counts as time without answers. */
const SILENCE_S = 12;

/** Calls answered per second over a sliding window of active time. */
export class CallRate {
  readonly #answeredBy = new Map<string, number>();
  #points: Point[] = [];
  #answered = 0;

  /** @param answeredBy each worker's count since it started; one that is seen for the first time gives a starting point only */
  add(at: number, answeredBy: ReadonlyMap<string, number>, inFlight: number): void {
    const isFirst = this.#points.length === 0;
    let more = 0;
    for (const [worker, count] of answeredBy) {
      more += Math.max(0, count - (this.#answeredBy.get(worker) ?? count));
      this.#answeredBy.set(worker, count);
    }
    if (more === 0 && !isFirst) return;
    this.#answered += more;
    this.#points.push({ at, answered: this.#answered, inFlight });
    // One point before the window stays, so that its whole length is measured.
    while (this.#points.length > 2 && (this.#points[1] as Point).at < at - WINDOW_S) this.#points.shift();
  }

  /** Calls a second, and how many seconds a call takes; nothing before there is enough to go by. */
  measure(now: number): { perSecond: number; latency: number } | undefined {
    const [first, last] = [this.#points[0], this.#points.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const end = now - last.at > SILENCE_S ? now : last.at;
    const answered = last.answered - first.answered;
    if (end - first.at < LEAST_SPAN_S || answered === 0) return undefined;
    const perSecond = answered / (end - first.at);
    const inFlight = this.#points.reduce((sum, point) => sum + point.inFlight, 0) / this.#points.length;
    return { perSecond, latency: inFlight / perSecond };
  }
}
