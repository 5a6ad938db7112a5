import type { CallRecord } from '../call-record.js';
import type { FaultCounts } from '../limiter-state.js';
import type { Timeline, TimelinePart } from './report-data.js';

/** While it is collected; twice as wide whenever there are too many. */
const FIRST_BIN_MS = 1_000;
const MOST_BINS = 4_096;
/** On the page. */
const SHOWN_BINS = 240;
/** Nothing for so many bins is a break. */
const BREAK_BINS = 4;

interface Bin {
  busyMs: number;
  answered: number;
  failed: number;
}

/** Collects when calls were in flight, in memory that does not grow with their count or with the time they took. */
export class TimelineSum {
  #binMs = FIRST_BIN_MS;
  #bins = new Map<number, Bin>();

  add({ at, latencyMs }: Pick<CallRecord, 'at' | 'latencyMs'>): void {
    const start = Date.parse(at);
    if (!Number.isFinite(start)) return;
    const end = start + latencyMs;
    for (let from = start; from < end;) {
      const until = Math.min(end, (Math.floor(from / this.#binMs) + 1) * this.#binMs);
      this.#bin(from).busyMs += until - from;
      from = until;
    }
    this.#bin(end).answered += 1;
    while (this.#bins.size > MOST_BINS) this.#widen();
  }

  addFaults({ binMs, counts }: FaultCounts): void {
    for (const [bin, count] of Object.entries(counts)) this.#bin((Number(bin) + 0.5) * binMs).failed += count;
    while (this.#bins.size > MOST_BINS) this.#widen();
  }

  get figures(): Timeline {
    while (this.#bins.size > SHOWN_BINS) this.#widen();
    const indices = [...this.#bins.keys()].sort((a, b) => a - b);
    const parts: TimelinePart[] = [];
    let last = -Infinity;
    for (const index of indices) {
      if (index - last > BREAK_BINS) parts.push(this.#emptyPart(index));
      const part = parts.at(-1);
      for (let each = Math.max(last + 1, index - BREAK_BINS); each <= index; each += 1) {
        if (part !== undefined && each * this.#binMs >= Date.parse(part.startedAt)) this.#put(part, each);
      }
      last = index;
    }
    return { binSeconds: this.#binMs / 1_000, parts };
  }

  #emptyPart(index: number): TimelinePart {
    return { startedAt: new Date(index * this.#binMs).toISOString(), inFlight: [], answered: [], failed: [] };
  }

  #put(part: TimelinePart, index: number): void {
    const { busyMs = 0, answered = 0, failed = 0 } = this.#bins.get(index) ?? {};
    part.inFlight.push(Number((busyMs / this.#binMs).toFixed(2)));
    part.answered.push(answered);
    part.failed.push(failed);
  }

  #bin(ms: number): Bin {
    const index = Math.floor(ms / this.#binMs);
    const bin = this.#bins.get(index) ?? { busyMs: 0, answered: 0, failed: 0 };
    this.#bins.set(index, bin);
    return bin;
  }

  #widen(): void {
    const wider = new Map<number, Bin>();
    for (const [index, { busyMs, answered, failed }] of this.#bins) {
      const into = wider.get(Math.floor(index / 2)) ?? { busyMs: 0, answered: 0, failed: 0 };
      into.busyMs += busyMs;
      into.answered += answered;
      into.failed += failed;
      wider.set(Math.floor(index / 2), into);
    }
    this.#bins = wider;
    this.#binMs *= 2;
  }
}
