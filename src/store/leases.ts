import type { LimiterState } from '../records.js';
import { readableJson } from './canonical.js';
import { RUN_FILES } from './run-files.js';
import type { Store, StoredFile } from './store.js';

/** How often a worker shows that it lives. */
const LEASE_REFRESH_MS = 5_000;
/** A lease is fresh while the store saw it at most this long before our own. */
const LEASE_FRESH_MS = 15_000;
/** A worker that could not refresh for so long starts nothing new: others may think it dead. */
const LEASE_TRUSTED_MS = 10_000;

/** What a worker says of itself in the store. */
export interface Lease {
  worker: string;
  /** Task queues it serves. */
  queues: string[];
  /** Set by a clean stop. */
  closed: boolean;
  /** Journal keys of the calls it is making. */
  inFlight: string[];
  /** By queue. */
  limiters: Record<string, LimiterState>;
}

export interface LeaseKeeperOptions {
  store: Store;
  /** New for every process. */
  worker: string;
  queues: string[];
  describe: () => Pick<Lease, 'inFlight' | 'limiters'>;
  onProblem: (message: string) => void;
}

/** Keeps this worker's lease, and knows those of the other live workers of the run. */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  #others: Lease[] = [];
  #refreshedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #refreshing: Promise<void> | undefined;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
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

  isTrusted(now = Date.now()): boolean {
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
      const seen = new Map((await this.#readOthers()).map(({ file }) => [file.path, file.modifiedAt]));
      const isPending = async () =>
        (await this.#readOthers()).some(({ file }) => seen.get(file.path) === file.modifiedAt);
      while (seen.size > 0 && (await isPending())) await new Promise((done) => setTimeout(done, LEASE_REFRESH_MS / 5));
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
    this.#options.onProblem(`The lease in ${this.#options.store.location} could not be refreshed: ${String(error)}`);
  }

  async #refresh(closed: boolean): Promise<void> {
    const { store, worker, queues, describe } = this.#options;
    const startedAt = Date.now();
    const lease: Lease = { worker, queues, closed, ...describe() };
    await store.write(RUN_FILES.worker(worker), readableJson(lease));
    this.#refreshedAt = startedAt;
    this.#others = (await this.#readOthers()).map((other) => other.lease);
  }

  async #readOthers(): Promise<{ file: StoredFile; lease: Lease }[]> {
    const live = await readLiveLeases(this.#options.store, RUN_FILES.worker(this.#options.worker));
    return live.filter(({ lease }) => lease.worker !== this.#options.worker);
  }
}

/** The leases of the workers that are alive now, for someone who is no worker. */
export async function readLiveWorkers(store: Store): Promise<Lease[]> {
  const reference = RUN_FILES.worker('observer');
  await store.write(reference, readableJson({ worker: 'observer', closed: true }));
  return (await readLiveLeases(store, reference)).map(({ lease }) => lease);
}

/** The leases that are open and fresh against `reference`, a file written just now: no clock but the store's counts. */
async function readLiveLeases(store: Store, reference: string): Promise<{ file: StoredFile; lease: Lease }[]> {
  const files = await store.list(RUN_FILES.workers);
  const now = files.find((file) => file.path === reference)?.modifiedAt ?? Date.now();
  const fresh = files.filter((file) => now - file.modifiedAt <= LEASE_FRESH_MS);
  const leases = await Promise.all(fresh.map(async (file) => ({ file, lease: await readLease(store, file.path) })));
  return leases.filter(isOpen);
}

function isOpen(found: { file: StoredFile; lease: Lease | undefined }): found is { file: StoredFile; lease: Lease } {
  return found.lease !== undefined && !found.lease.closed;
}

async function readLease(store: Store, path: string): Promise<Lease | undefined> {
  const text = await store.read(path);
  try {
    const lease: unknown = JSON.parse(text ?? 'null');
    return isLease(lease) ? lease : undefined;
  } catch {
    // A garbled lease says nothing; its worker writes it anew within seconds.
    return undefined;
  }
}

function isLease(value: unknown): value is Lease {
  const { worker, queues, inFlight, limiters } = (value ?? {}) as Partial<Lease>;
  return typeof worker === 'string' && Array.isArray(queues) && Array.isArray(inFlight) && typeof limiters === 'object';
}
