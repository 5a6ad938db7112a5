import { randomUUID } from 'node:crypto';
import { readableJson } from './canonical.js';
import type { Lease } from './leases.js';
import { RUN_FILES } from './run-files.js';
import type { Store } from './store.js';

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
