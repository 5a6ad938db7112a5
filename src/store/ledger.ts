import { addModelTotals } from '../accounting.js';
import type { ModelTotals } from '../records.js';
import { emptyAccount, type WorkerAccount } from './account-book.js';
import { countAnswers } from './count-answers.js';
import { LEASE_FRESH_MS } from './lease-watcher.js';
import type { Lease } from './leases.js';
import { RUN_FILES } from './run-files.js';
import { openSealed, sealFile } from './sealed.js';
import type { Store, StoredFile } from './store.js';

export interface LedgerOptions {
  store: Store;
  /** A worker's ledger: it leaves out the worker's own account, and settles those of workers that were killed. */
  worker?: string;
  /** Told of accounts that cannot be read. */
  onProblem: (message: string) => void;
  /** Milliseconds, by a monotonic clock. */
  now?: () => number;
}

/** One worker's lease, as far as it is about money. */
interface Entry {
  worker: string;
  /** By the store's clock: an entry holds until its file changes. */
  modifiedAt: number;
  /** Since when it is known not to have changed, by our own clock. */
  seenAt: number;
  /** Undefined where the file is damaged. */
  lease: Lease | undefined;
  account: WorkerAccount;
  /** What the lease lacks was looked up in the journal. */
  isCounted: boolean;
}

/**
 * What all workers of a run paid, over the life of its folder: the sum of the accounts in their leases. The lease of a
 * worker that was killed lacks what it paid in its last seconds; that is looked up in the journal, and settled: written
 * into the lease, which is closed. Two who settle the same lease write the same.
 */
export class Ledger {
  readonly #options: Required<Pick<LedgerOptions, 'store' | 'onProblem' | 'now'>> & { worker: string | undefined };
  /** By path. Closed leases never change again, and there may be hundreds. */
  #entries = new Map<string, Entry>();
  #paid: ModelTotals = {};
  #reading: Promise<unknown> = Promise.resolve();

  constructor({ store, worker, onProblem, now = () => performance.now() }: LedgerOptions) {
    this.#options = { store, worker, onProblem, now };
  }

  /** As last read, by model. */
  get paid(): Readonly<ModelTotals> {
    return this.#paid;
  }

  /**
   * Reads all accounts anew, one reading at a time. Those of `alive` workers count as their leases say, which lag by
   * some seconds; the others are brought up to date from the journal, which is right for any worker.
   */
  read(alive: ReadonlySet<string>): Promise<ModelTotals> {
    const reading = this.#reading.then(() => this.#read(alive));
    this.#reading = reading.catch(() => {});
    return reading;
  }

  async #read(alive: ReadonlySet<string>): Promise<ModelTotals> {
    await this.#readChanged();
    const open = [...this.#entries].filter(([, { worker, lease }]) => lease?.closed !== true && !alive.has(worker));
    const due = open.filter(([, entry]) => this.#isDue(entry));
    // All of a large journal is read only by those who can settle it once and for all.
    const uncounted = open.filter(([, { lease, isCounted }]) => lease !== undefined && !isCounted);
    await this.#count(new Set([...uncounted, ...due].map(([, entry]) => entry)));
    this.#paid = {};
    for (const { account } of this.#entries.values()) addModelTotals(this.#paid, account.models);
    for (const [path, entry] of due) await this.#settle(path, entry);
    return this.#paid;
  }

  async #readChanged(): Promise<void> {
    const { store, worker } = this.#options;
    const before = this.#entries;
    const entries = new Map<string, Entry>();
    for (const file of await store.list(RUN_FILES.workers)) {
      if (worker !== undefined && file.path === RUN_FILES.worker(worker)) continue;
      const known = before.get(file.path);
      const entry = known?.modifiedAt === file.modifiedAt ? known : await this.#readEntry(file);
      if (entry !== undefined) entries.set(file.path, entry);
    }
    this.#entries = entries;
  }

  async #readEntry({ path, modifiedAt }: StoredFile): Promise<Entry | undefined> {
    const text = await this.#options.store.read(path);
    const lease = text === undefined ? NO_ACCOUNT : readLease(text);
    if (lease === NO_ACCOUNT) return undefined;
    if (lease === undefined) {
      this.#options.onProblem(`${path} is damaged: a worker counts what was paid there from the journal`);
    }
    const account = lease?.account ?? emptyAccount();
    const worker = path.slice(RUN_FILES.workers.length + 1, -'.json'.length);
    return { worker, modifiedAt, seenAt: this.#options.now(), lease, account, isCounted: false };
  }

  /** Watched for so long that its worker must be dead for everyone: others still trust a lease that looks young to them. */
  #isDue({ seenAt }: Entry): boolean {
    return this.#options.worker !== undefined && this.#options.now() - seenAt > LEASE_FRESH_MS;
  }

  async #count(entries: ReadonlySet<Entry>): Promise<void> {
    if (entries.size === 0) return;
    const open = [...entries].map(({ worker, lease, modifiedAt }) => ({
      worker,
      account: lease?.account ?? emptyAccount(),
      writtenAt: lease === undefined ? -Infinity : modifiedAt,
    }));
    const counted = await countAnswers(this.#options.store, open);
    for (const [index, entry] of [...entries].entries()) {
      entry.account = counted[index] ?? entry.account;
      entry.isCounted = true;
    }
  }

  async #settle(path: string, entry: Entry): Promise<void> {
    const { store, now } = this.#options;
    // Where it cannot be written, not again at once.
    entry.seenAt = now();
    const current = (await store.list(RUN_FILES.workers)).find((file) => file.path === path);
    // Its worker has come back to life.
    if (current?.modifiedAt !== entry.modifiedAt) return;
    const { worker, lease, account } = entry;
    await store.write(path, sealFile({ ...(lease ?? nobody(worker)), closed: true, inFlight: [], account }));
  }
}

const NO_ACCOUNT = 'none';

/** Undefined where it is damaged. Not all who show themselves there pay for anything. */
function readLease(text: string): Lease | typeof NO_ACCOUNT | undefined {
  const lease = openSealed(text) as Lease | undefined;
  if (lease !== undefined) return lease.account === undefined ? NO_ACCOUNT : lease;
  return /"(account|checksum)"/.test(text) || !isJson(text) ? undefined : NO_ACCOUNT;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function nobody(worker: string): Lease {
  return { worker, host: 'worker', queues: [], closed: true, inFlight: [], limiters: {}, problems: [] };
}
