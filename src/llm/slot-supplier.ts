import type { ActivitySlotInfo, CustomSlotSupplier, SlotPermit, SlotReleaseContext } from '@temporalio/worker';
import type { Limiter } from './limiter.js';

/** While no call may start soon, so many tasks a second still come through: answers from the journal, and the probe. */
const CLOSED_TASKS_PER_SECOND = 5;
/** Where a rate is in force, no more tasks are taken in hand than may start within this time. */
const IN_HAND_MS = 1_000;

/** So many slots beyond the limit, as a part of it: their tasks stand ready when a call ends, instead of being fetched then. */
const SLOTS_AHEAD = 0.25;

/** How many activities a worker takes while so many calls may be in flight. */
function slotsFor(limit: number): number {
  return Math.ceil(limit * (1 + SLOTS_AHEAD));
}

export interface SlotSupplierOptions {
  slots?: (limit: number) => number;
  /** Milliseconds, by a monotonic clock. */
  now?: () => number;
}

interface Waiter {
  give(): void;
}

/**
 * The limiter's first door: the worker asks it for a slot before it takes an activity from the server, so that what
 * may not start waits there. There are a few more slots than calls may be in flight, so that none of these waits for the
 * network, but no more than may soon start at the rates in force; a lower limit takes effect as calls end.
 */
export class LimiterSlotSupplier implements CustomSlotSupplier<ActivitySlotInfo> {
  readonly type = 'custom';
  readonly #limiter: Limiter;
  readonly #waiting = new Set<Waiter>();
  readonly #now: () => number;
  readonly #slots: (limit: number) => number;
  #given = 0;
  /** Of these: no task has come for it yet. */
  #idle = 0;
  #lastWhileClosedAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(limiter: Limiter, { slots = slotsFor, now = () => performance.now() }: SlotSupplierOptions = {}) {
    this.#limiter = limiter;
    this.#slots = slots;
    this.#now = now;
    limiter.onWake(() => this.#serve());
  }

  reserveSlot(_context: unknown, signal: AbortSignal): Promise<SlotPermit> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        give: () => {
          signal.removeEventListener('abort', abort);
          resolve({});
        },
      };
      const abort = () => {
        this.#waiting.delete(waiter);
        // The worker knows its own reason again; any other error it would report.
        reject(signal.reason as Error);
      };
      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort, { once: true });
      this.#waiting.add(waiter);
      this.#serve();
    });
  }

  tryReserveSlot(): SlotPermit | null {
    return this.#take() ? {} : null;
  }

  /** A slot counts from its reservation on; one that a task has come for is no longer idle. */
  markSlotUsed(): void {
    this.#idle -= 1;
    this.#serve();
  }

  /** Without `slotInfo` no task had come for it. */
  releaseSlot({ slotInfo }: Partial<SlotReleaseContext<ActivitySlotInfo>>): void {
    this.#given -= 1;
    if (slotInfo === undefined) this.#idle -= 1;
    this.#serve();
  }

  #serve(): void {
    for (const waiter of this.#waiting) {
      if (!this.#take()) break;
      this.#waiting.delete(waiter);
      waiter.give();
    }
    this.#serveLater();
  }

  #take(): boolean {
    const { isPaused, hasNoPart, isClosed, limit } = this.#limiter;
    if (isPaused || hasNoPart || this.#given >= this.#slots(limit)) return false;
    const room = this.#limiter.roomWithin(IN_HAND_MS);
    if (isClosed || room < 1) {
      if (this.#now() - this.#lastWhileClosedAt < 1_000 / CLOSED_TASKS_PER_SECOND) return false;
      this.#lastWhileClosedAt = this.#now();
    } else if (this.#idle >= Math.floor(room)) return false;
    this.#given += 1;
    this.#idle += 1;
    return true;
  }

  /** Nothing wakes us when a cool-down ends, the next task may pass a closed door, or time makes room at a rate. */
  #serveLater(): void {
    if (this.#timer !== undefined || this.#waiting.size === 0) return;
    if (this.#limiter.isPaused || this.#limiter.hasNoPart) return;
    if (!this.#limiter.isClosed && this.#limiter.roomWithin(IN_HAND_MS) === Infinity) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#serve();
    }, 1_000 / CLOSED_TASKS_PER_SECOND);
    this.#timer.unref();
  }
}
