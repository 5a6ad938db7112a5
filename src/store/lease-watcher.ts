import type { Lease } from './leases.js';
import { RUN_FILES } from './run-files.js';
import type { Store, StoredFile } from './store.js';

/** A lease is fresh while it changed at most so long ago; a worker refreshes its own three times as often. */
export const LEASE_FRESH_MS = 15_000;

export interface FoundLease {
  path: string;
  lease: Lease;
  /** Not only written lately, but written anew before the watcher's eyes: its worker lives. */
  isSeenAlive: boolean;
}

interface Sighting {
  modifiedAt: number;
  /** When the lease was last written, by this process's monotonic clock. */
  writtenAt: number;
  isSeenAlive: boolean;
}

/**
 * Tells which leases are fresh. Seen for the first time, a lease is held against a file written just now, by the store's
 * own clock; from then on it counts when it was seen to change, so that a clock that is set back or forward, here or at
 * the store, brings nobody to life and nobody to death.
 */
export class LeaseWatcher {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #sightings = new Map<string, Sighting>();

  constructor(store: Store, now: () => number = () => performance.now()) {
    this.#store = store;
    this.#now = now;
  }

  /** The leases that are open and fresh; `reference` is a lease of one's own, written just now, and is left out. */
  async look(reference: string): Promise<FoundLease[]> {
    const files = await this.#store.list(RUN_FILES.workers);
    const storeNow = files.find((file) => file.path === reference)?.modifiedAt;
    const now = this.#now();
    const fresh = files.filter((file) => file.path !== reference && this.#isFresh(file, storeNow, now));
    const found = await Promise.all(
      fresh.map(async ({ path }) => ({ path, lease: await readLease(this.#store, path), ...this.#about(path) })),
    );
    return found.filter(isOpen);
  }

  #about(path: string): Pick<FoundLease, 'isSeenAlive'> {
    return { isSeenAlive: this.#sightings.get(path)?.isSeenAlive ?? false };
  }

  #isFresh({ path, modifiedAt }: StoredFile, storeNow: number | undefined, now: number): boolean {
    const before = this.#sightings.get(path);
    if (before?.modifiedAt === modifiedAt) return now - before.writtenAt <= LEASE_FRESH_MS;
    const isSeenAlive = before !== undefined;
    const age = isSeenAlive ? 0 : Math.abs((storeNow ?? Infinity) - modifiedAt);
    this.#sightings.set(path, { modifiedAt, writtenAt: now - age, isSeenAlive });
    return age <= LEASE_FRESH_MS;
  }
}

function isOpen(found: Omit<FoundLease, 'lease'> & { lease: Lease | undefined }): found is FoundLease {
  return found.lease !== undefined && !found.lease.closed;
}

/** Of all workers there ever were in this folder: leases stay. */
export async function readAllLeases(store: Store): Promise<Lease[]> {
  const paths = await store.paths(RUN_FILES.workers);
  const leases = await Promise.all(paths.map((path) => readLease(store, path)));
  return leases.filter((lease) => lease !== undefined);
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
  const { worker, queues, inFlight, limiters, problems } = (value ?? {}) as Partial<Lease>;
  const lists: unknown[] = [queues, inFlight, problems];
  return typeof worker === 'string' && lists.every(Array.isArray) && typeof limiters === 'object';
}
