import type { TaskQueues } from '../records.js';
import { readableJson } from './canonical.js';
import { RUN_FILES } from './run-files.js';
import type { Store } from './store.js';

/** What an OUTPUT is bound to. Only `run` and `start` write it. */
export interface RunIdentity {
  run: string;
  address: string;
  namespace: string;
  /** Fingerprint of the plan in force. */
  plan: string;
  queues: TaskQueues;
}

export async function readIdentity(store: Store): Promise<RunIdentity | undefined> {
  const text = await store.read(RUN_FILES.identity);
  return text === undefined ? undefined : (JSON.parse(text) as RunIdentity);
}

/** Claims an OUTPUT for a run; where another process was quicker, its identity is the one that counts. */
export async function claimIdentity(store: Store, identity: RunIdentity): Promise<RunIdentity> {
  await store.create(RUN_FILES.identity, readableJson(identity));
  return (await readIdentity(store)) ?? identity;
}

export async function writeIdentity(store: Store, identity: RunIdentity): Promise<void> {
  await store.write(RUN_FILES.identity, readableJson(identity));
}
