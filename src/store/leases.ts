import type { LimiterState } from '../limiter-state.js';
import type { WorkerAccount } from './account-book.js';
import { readableJson } from './canonical.js';
import { LeaseWatcher } from './lease-watcher.js';
import { RUN_FILES } from './run-files.js';
import { sealFile } from './sealed.js';
import type { Store } from './store.js';
import { type Limits, Share } from './shares.js';
import { describeStoreTrouble } from './store-trouble.js';

/** How often a worker shows that it lives. */
const LEASE_REFRESH_MS = 5_000;
/** A worker that could not refresh for so long starts nothing new: others may think it dead. */
const LEASE_TRUSTED_MS = 10_000;

/** Who could not write may meanwhile have missed what others have in flight, and they have missed his: all write anew first. */
const REGAIN_TRUST_MS = LEASE_REFRESH_MS + 2_000;

/** What a worker says of itself in the store. */
export interface Lease {
  worker: string;
  /** The command it lives in: one that shows the run and ends with it, or one that only works. */
  host: 'run' | 'worker';
  /** Task queues it serves. */
  queues: string[];
  /** Set by a clean stop. */
  closed: boolean;
  /** Journal keys of the calls it is making. */
  inFlight: string[];
  /** By queue. */
  limiters: Record<string, LimiterState>;
  /** By queue: what it may use of the limits, or still uses. */
  claims?: Record<string, Limits>;
  /** What went wrong with the store: the last few messages, the newest last. */
  problems: string[];
  /** What it paid; only of those who make calls. Counted after its end, so that leases are kept, with a checksum. */
  account?: WorkerAccount;
}

export interface LeaseKeeperOptions {
  store: Store;
  /** New for every process. */
  worker: string;
  host: Lease['host'];
  queues: string[];
  describe: () => Pick<Lease, 'inFlight' | 'limiters' | 'problems' | 'account'>;
  /** This worker may claim more or less than it did, or use what it claimed. */
  onShift?: () => void;
  onProblem: (message: string) => void;
}

/** Keeps this worker's lease, and knows those of the other live workers of the run. */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #watcher: LeaseWatcher;
  #others: Lease[] = [];
  /** By the monotonic clock. */
  #refreshedAt = -Infinity;
  #trustedFrom = -Infinity;
  #failure: unknown;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  /** By queue. */
  readonly #shares = new Map<string, Share>();
  /** By all workers, as last seen. */
  #claimed = '';
  /** Writing or looking: one at a time, for an older lease must never be written over a newer one. */
  #busy: Promise<void> | undefined;
  /** It became due while something else was under way. */
  #isWriteDue = false;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
    this.#watcher = new LeaseWatcher(options.store);
  }

  async start(): Promise<void> {
    await this.#write(false);
    this.#timer = setInterval(() => this.#refreshSoon(), LEASE_REFRESH_MS);
  }

  /**
   * A clean stop: the others need not wait for this worker. One that broke may still have calls in flight, whose answers
   * are counted and whose calls are not made elsewhere only while it looks alive: it goes on showing that it lives as
   * long as its process does, and stops when they have ended.
   */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopped = true;
    await this.settled();
    const isIdle = await this.#writeLast();
    if (!isIdle) this.#timer = setInterval(() => this.#endWhenIdle(), LEASE_REFRESH_MS).unref();
  }

  #endWhenIdle(): void {
    const end = async () => {
      if (await this.#writeLast()) clearInterval(this.#timer);
    };
    this.#busy ??= end().finally(() => (this.#busy = undefined));
  }

  /** Closes the lease where no call is in flight. Where it cannot be written the others find out a few seconds later. */
  async #writeLast(): Promise<boolean> {
    const isIdle = this.#options.describe().inFlight.length === 0;
    await this.#write(isIdle).catch((error: unknown) => this.#report(error));
    return isIdle;
  }

  /** The other workers that were alive at the last refresh. */
  get others(): readonly Lease[] {
    return this.#others;
  }

  isTrusted(now = performance.now()): boolean {
    return this.#isFresh(now) && now >= this.#trustedFrom;
  }

  /** Why the lease is not trusted, and what to do about it; `undefined` while it is. */
  get trouble(): string | undefined {
    if (this.isTrusted()) return undefined;
    const { location } = this.#options.store;
    if (this.#isFresh(performance.now())) return `${location} can be written again: other workers are looked for first`;
    return describeStoreTrouble(this.#failure, location) ?? `${location} takes too long to write to: see to its disk`;
  }

  #isFresh(now: number): boolean {
    return now - this.#refreshedAt <= LEASE_TRUSTED_MS;
  }

  /** Whether another live worker is making this call. */
  isInFlightElsewhere(key: string): boolean {
    return this.#others.some((lease) => lease.inFlight.includes(key));
  }

  /**
   * This worker's part of the limits that hold over all workers of a queue. To be asked every second or so: while it is
   * less than it should be, the others are looked at each time, and what changed is written at once for them to see.
   */
  share(queue: string, limits: Limits): Limits {
    const others = this.#others
      .filter(({ queues }) => queues.includes(queue))
      .map(({ worker, claims }) => ({ worker, claim: claims?.[queue] }));
    const { share, isShort, isStale } = this.#shareOf(queue).divide(limits, others);
    if (isStale) this.#refreshSoon();
    else if (isShort) this.#lookSoon();
    return share;
  }

  #shareOf(queue: string): Share {
    const known = this.#shares.get(queue);
    if (known !== undefined) return known;
    const inFlight = () => this.#options.describe().limiters[queue]?.inFlight ?? 0;
    const share = new Share(this.#options.worker, inFlight);
    this.#shares.set(queue, share);
    return share;
  }

  /** Settles when nothing is being written or looked at. */
  async settled(): Promise<void> {
    while (this.#busy !== undefined) await this.#busy;
  }

  /**
   * Writes this lease, and waits until every other live worker has written its own twice or is gone. By then each of
   * them has read what all others had in flight before this moment, and this one has, too.
   */
  async waitForOthers(): Promise<void> {
    await this.refresh();
    for (let round = 1; round <= 2; round += 1) {
      await waitForSigns(new LeaseWatcher(this.#options.store), this.#path);
    }
    await this.refresh();
  }

  #refreshSoon(): void {
    if (this.#busy !== undefined) this.#isWriteDue = true;
    else this.#begin(() => this.#write(false));
  }

  #lookSoon(): void {
    if (this.#busy === undefined) this.#begin(() => this.#look());
  }

  #begin(work: () => Promise<void>): void {
    if (this.#stopped) return;
    this.#isWriteDue = false;
    this.#busy = work()
      .catch((error: unknown) => this.#report(error))
      .finally(() => {
        this.#busy = undefined;
        if (this.#isWriteDue) this.#refreshSoon();
      });
  }

  /** Writes this lease and looks at the others, now. */
  async refresh(): Promise<void> {
    await this.settled();
    this.#refreshSoon();
    await this.settled();
  }

  #report(error: unknown): void {
    this.#failure = error;
    const { location } = this.#options.store;
    const why = describeStoreTrouble(error, location) ?? `${location}: ${String(error)}`;
    this.#options.onProblem(`This worker cannot show that it lives: ${why}`);
  }

  get #path(): string {
    return RUN_FILES.worker(this.#options.worker);
  }

  async #write(closed: boolean): Promise<void> {
    const { store, worker, host, queues, describe } = this.#options;
    const startedAt = performance.now();
    const claims = Object.fromEntries([...this.#shares].map(([queue, share]) => [queue, share.declare()]));
    const lease: Lease = { worker, host, queues, closed, claims, ...describe() };
    await store.write(this.#path, sealFile(lease));
    const isFirst = this.#refreshedAt === -Infinity;
    if (!isFirst && !this.#isFresh(startedAt)) this.#trustedFrom = startedAt + REGAIN_TRUST_MS;
    this.#refreshedAt = startedAt;
    this.#failure = undefined;
    await this.#look(claims);
  }

  /** Looks at the others; `written`: new claims of this worker, which they can see by now. */
  async #look(written: Record<string, Limits> = {}): Promise<void> {
    this.#others = (await this.#watcher.look(this.#path)).map((other) => other.lease);
    for (const [queue, claim] of Object.entries(written)) this.#shareOf(queue).claimed(claim);
    const own = [...this.#shares.values()].map((share) => share.written);
    const claimed = JSON.stringify([own, this.#others.map(({ worker, claims }) => [worker, claims])]);
    if (claimed !== this.#claimed) this.#options.onShift?.();
    this.#claimed = claimed;
  }
}

/** What someone who is no worker writes, to know what time it is at the store. */
const OBSERVER = RUN_FILES.worker('observer');

/** The leases of the workers that were alive a few seconds ago, for someone who is no worker. */
export async function readLiveWorkers(store: Store): Promise<Lease[]> {
  await writeObserver(store);
  return (await new LeaseWatcher(store).look(OBSERVER)).map(({ lease }) => lease);
}

/**
 * The leases of the workers that are alive now: waits, for at most 15 s, until each that looks so has written its lease
 * anew, or has not for too long, as one that was killed a moment ago.
 */
export async function confirmLiveWorkers(store: Store): Promise<Lease[]> {
  await writeObserver(store);
  return waitForSigns(new LeaseWatcher(store), OBSERVER);
}

function writeObserver(store: Store): Promise<void> {
  return store.write(OBSERVER, readableJson({ worker: 'observer', closed: true }));
}

/** Waits until each worker that looks alive has written its lease anew, or is gone. Gives those that have. */
async function waitForSigns(watcher: LeaseWatcher, reference: string): Promise<Lease[]> {
  for (;;) {
    const found = await watcher.look(reference);
    if (found.every(({ isSeenAlive }) => isSeenAlive)) return found.map(({ lease }) => lease);
    await new Promise((done) => setTimeout(done, LEASE_REFRESH_MS / 5));
  }
}
