import { setTimeout as sleep } from 'node:timers/promises';
import type { Rehearsal } from '../../src/rehearsal/server.js';

const SAMPLE_MS = 100;
/** Of the limit: so many calls in flight are full speed. */
const FULL = 0.8;

/** How long after a disturbance the provider was busy again. */
export interface Recovery {
  kind: string;
  /** From when everything ran again to full speed; absent where the next disturbance or the end came first. */
  seconds?: number;
  /** How long it was waited for, where it did not come. */
  waitedSeconds?: number;
  /** Whether so much work was left that the undisturbed run was at full speed, too. */
  hadWork: boolean;
}

interface Pending {
  kind: string;
  backAt?: number;
  hadWork: boolean;
}

/** Looks at the provider all the time. */
export class LoadLog {
  readonly recoveries: Recovery[] = [];
  /** How many calls were answered when the provider was last at full speed. */
  lastFull = 0;
  #pending: Pending | undefined;
  #stopped = false;
  #watching: Promise<void> | undefined;

  /** `fullUntil`: `lastFull` of the undisturbed run. `isWhole`: whether everything runs that the run needs. */
  constructor(
    private readonly model: Rehearsal,
    private readonly limit: number,
    private readonly fullUntil: number,
    private readonly isWhole: () => Promise<boolean>,
  ) {}

  begin(): void {
    this.#watching = this.#watch();
  }

  /** Something that the work needs was killed. */
  disturbed(kind: string): void {
    this.#settle();
    this.#pending = { kind, hadWork: true };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#watching;
    this.#settle();
  }

  async #watch(): Promise<void> {
    while (!this.#stopped) {
      const { inFlight, answered } = this.model.stats();
      const isFull = inFlight.now >= FULL * this.limit;
      if (isFull) this.lastFull = answered;
      const pending = this.#pending;
      if (pending?.backAt !== undefined && isFull) this.#settle(true);
      if (pending !== undefined && pending.backAt === undefined && (await this.isWhole())) {
        pending.backAt = performance.now();
        // What is in flight now comes on top of what is answered.
        pending.hadWork = answered + this.limit < this.fullUntil;
      }
      await sleep(SAMPLE_MS);
    }
  }

  #settle(isFull = false): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending?.backAt === undefined) return;
    const seconds = (performance.now() - pending.backAt) / 1_000;
    const { kind, hadWork } = pending;
    this.recoveries.push({ kind, hadWork, ...(isFull ? { seconds } : { waitedSeconds: seconds }) });
  }
}
