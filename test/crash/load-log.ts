import { setTimeout as sleep } from 'node:timers/promises';
import type { Rehearsal } from '../../src/rehearsal/server.js';

const SAMPLE_MS = 100;
/** Of the calls in flight that an undisturbed run has at this place: so many are full speed. */
const FULL = 0.8;
/** The place: the next so many answers, as a part of all. */
const PLACE = 0.05;

/** How busy the provider was when it had given so many answers. */
export interface Load {
  answered: number;
  inFlight: number;
}

/** How long after a disturbance the provider was as busy again as in an undisturbed run. */
export interface Recovery {
  kind: string;
  /** From when everything ran again, until full speed, or until the next disturbance or the end came first. */
  seconds: number;
  isFull: boolean;
}

/**
 * How many calls in flight are full speed when so many answers are given: 80 % of what the undisturbed run had there,
 * which is the limit wherever there is work enough. Pure.
 */
export function fullSpeed(undisturbed: readonly Load[], answered: number): number {
  const all = undisturbed.at(-1)?.answered ?? 0;
  const here = undisturbed.filter((load) => load.answered >= answered && load.answered <= answered + PLACE * all);
  const mean = here.reduce((sum, { inFlight }) => sum + inFlight, 0) / Math.max(1, here.length);
  return FULL * mean;
}

interface Pending {
  kind: string;
  /** Everything runs again. */
  back?: { at: number; answered: number };
}

/** Looks at the provider all the time. */
export class LoadLog {
  readonly loads: Load[] = [];
  readonly recoveries: Recovery[] = [];
  #pending: Pending | undefined;
  #stopped = false;
  #watching: Promise<void> | undefined;

  /** `isWhole`: whether everything runs that the run needs. */
  constructor(
    private readonly model: Rehearsal,
    private readonly undisturbed: readonly Load[],
    private readonly isWhole: () => Promise<boolean>,
  ) {}

  begin(): void {
    this.#watching = this.#watch();
  }

  /** Something that the work needs was killed. */
  disturbed(kind: string): void {
    this.#settle(false);
    this.#pending = { kind };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#watching;
    this.#settle(false);
  }

  async #watch(): Promise<void> {
    while (!this.#stopped) {
      const { inFlight, answered } = this.model.stats();
      this.loads.push({ answered, inFlight: inFlight.now });
      const pending = this.#pending;
      if (pending?.back !== undefined) {
        if (inFlight.now >= fullSpeed(this.undisturbed, pending.back.answered)) this.#settle(true);
      } else if (pending !== undefined && (await this.isWhole())) {
        pending.back = { at: performance.now(), answered };
      }
      await sleep(SAMPLE_MS);
    }
  }

  #settle(isFull: boolean): void {
    const { kind, back } = this.#pending ?? {};
    this.#pending = undefined;
    if (kind === undefined || back === undefined) return;
    this.recoveries.push({ kind, seconds: (performance.now() - back.at) / 1_000, isFull });
  }
}
