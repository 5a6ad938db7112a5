import type { TaskQueues } from '../run-context.js';
import { readableJson } from './canonical.js';
import { readJsonFile } from './json-file.js';
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
  /** Where the folder lay when the run was last started: a copy of it finds another place here. */
  home: string;
}

/** @throws UserError where the file is garbled */
export function readIdentity(store: Store): Promise<RunIdentity | undefined> {
  const remedy =
    'stop the workers of this folder, remove the file, and give `npx augmentoolkit run` again: ' +
    'the run gets a new name, and its answers are taken from the journal';
  return readJsonFile(store, RUN_FILES.identity, isIdentity, remedy);
}

function isIdentity(value: Partial<RunIdentity>): value is RunIdentity {
  const { run, address, namespace, plan, queues, home } = value;
  const texts = [run, address, namespace, plan, home, queues?.workflows, queues?.io, queues?.logical, queues?.large];
  return texts.every((text) => typeof text === 'string');
}

/** Claims an OUTPUT for a run; where another process was quicker, its identity is the one that counts. */
export async function claimIdentity(store: Store, identity: RunIdentity): Promise<RunIdentity> {
  await store.create(RUN_FILES.identity, readableJson(identity));
  return (await readIdentity(store)) ?? identity;
}

export async function writeIdentity(store: Store, identity: RunIdentity): Promise<void> {
  await store.write(RUN_FILES.identity, readableJson(identity));
}
