import { randomUUID } from 'node:crypto';
import type { LimiterState } from '../records.js';
import { readableJson } from './canonical.js';
import { LeaseWatcher } from './lease-watcher.js';
import { RUN_FILES } from './run-files.js';
import type { Store } from './store.js';
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
  /** What went wrong with the store: the last few messages, the newest last. */
  problems: string[];
}

export interface LeaseKeeperOptions {
  store: Store;
  /** New for every process. */
  worker: string;
  host: Lease['host'];
  queues: string[];
  describe: () => Pick<Lease, 'inFlight' | 'limiters' | 'problems'>;
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
  #refreshing: Promise<void> | undefined;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
    this.#watcher = new LeaseWatcher(options.store);
  }

  async start(): Promise<void> {
    await this.#refresh(false);
    this.#timer = setInterval(() => this.#refreshSoon(), LEASE_REFRESH_MS);
  }

  /** A clean stop: the others need not wait for this worker. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#refreshing;
    // Without it the others find out a few seconds later.
    await this.#refresh(true).catch((error: unknown) => this.#report(error));
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

  /** This worker's part of a limit that holds over all workers of a queue; the remainder goes by worker id. */
  share(queue: string, limit: number): number {
    const workers = [
      this.#options.worker,
      ...this.#others.filter((lease) => lease.queues.includes(queue)).map((lease) => lease.worker),
    ].sort();
    const rank = workers.indexOf(this.#options.worker);
    return Math.floor(limit / workers.length) + (rank < limit % workers.length ? 1 : 0);
  }

  /**
   * Writes this lease, and waits until every other live worker has written its own twice or is gone. By then each of
   * them has read what all others had in flight before this moment, and this one has, too.
   */
  async waitForOthers(): Promise<void> {
    await this.#refreshNow();
    for (let round = 1; round <= 2; round += 1) {
      await waitForSigns(new LeaseWatcher(this.#options.store), this.#path);
    }
    await this.#refreshNow();
  }

  /** One at a time: an older lease must never be written over a newer one. */
  #refreshSoon(): void {
    this.#refreshing ??= this.#refresh(false)
      .catch((error: unknown) => this.#report(error))
      .finally(() => (this.#refreshing = undefined));
  }

  async #refreshNow(): Promise<void> {
    await this.#refreshing;
    this.#refreshSoon();
    await this.#refreshing;
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

  async #refresh(closed: boolean): Promise<void> {
    const { store, worker, host, queues, describe } = this.#options;
    const startedAt = performance.now();
    const lease: Lease = { worker, host, queues, closed, ...describe() };
    await store.write(this.#path, readableJson(lease));
    const isFirst = this.#refreshedAt === -Infinity;
    if (!isFirst && !this.#isFresh(startedAt)) this.#trustedFrom = startedAt + REGAIN_TRUST_MS;
    this.#refreshedAt = startedAt;
    this.#failure = undefined;
    this.#others = (await this.#watcher.look(this.#path)).map((other) => other.lease);
  }
}

/** Another command can see it before its worker is there. */
export interface RunClaim {
  /** Its name among the workers. */
  worker: string;
  /** Once the worker has a lease of its own, or will never have one. */
  release(): Promise<void>;
}

/** Shows, for the seconds until its worker is there, that a `run` is about to work here. */
export async function claimRun(store: Store): Promise<RunClaim> {
  const worker = `run-${process.pid}-${randomUUID().slice(0, 8)}`;
  const lease: Lease = { worker, host: 'run', queues: [], closed: false, inFlight: [], limiters: {}, problems: [] };
  await store.write(RUN_FILES.worker(worker), readableJson(lease));
  return { worker, release: () => store.remove(RUN_FILES.worker(worker)) };
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
