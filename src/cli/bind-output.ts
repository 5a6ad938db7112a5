import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { TemporalTarget } from '../config/temporal-target.js';
import type { RunIdentity } from '../store/identity.js';
import { claimIdentity, readIdentity, writeIdentity } from '../store/identity.js';
import { confirmLiveWorkers } from '../store/leases.js';
import { LocalStore } from '../store/local-store.js';
import type { Store } from '../store/store.js';
import { describeStoreTrouble } from '../store/store-trouble.js';
import { taskQueuesFor } from '../temporal/queues.js';
import { errorCode } from '../error-code.js';
import { UsageError } from './exit.js';

/** Written and removed again, to see whether and where that can be done. */
const PROBE = 'state/writable';

export interface BindOptions {
  /** For a new run's name, instead of the output folder's. */
  name?: string | undefined;
  say: (message: string) => void;
}

/**
 * The run that an output folder belongs to, or a new one. One folder is one run, on one server; it may move to another
 * only when no worker is at work on it.
 *
 * @throws UsageError where the folder cannot be written, or is being worked on through another server
 */
export async function bindOutput(
  store: Store,
  { address, namespace }: TemporalTarget,
  { name, say }: BindOptions,
): Promise<RunIdentity> {
  await requireWritable(store);
  const known = await readIdentity(store);
  const fresh = () => newIdentity(store, address, namespace, name);
  if (known === undefined) return claimIdentity(store, fresh());
  if (await isCopy(store, known)) {
    const own = fresh();
    say(`${store.location} is a copy of ${known.home}, which has the run ${known.run}: it becomes the run ${own.run}`);
    await writeIdentity(store, own);
    return own;
  }
  if (name !== undefined && !known.run.startsWith(`${slug(name)}-`)) {
    say(`--name ${name} is not used: ${store.location} holds the run ${known.run}`);
  }
  const isMoved = known.address !== address || known.namespace !== namespace;
  if (isMoved) await requireIdle(store, known);
  return { ...known, address, namespace, home: store.location };
}

function newIdentity(store: Store, address: string, namespace: string, name: string | undefined): RunIdentity {
  const run = `${slug(name ?? basename(store.location))}-${randomBytes(3).toString('hex')}`;
  return { run, address, namespace, plan: '', queues: taskQueuesFor(run, '', false), home: store.location };
}

/** Two folders with one run's name would take each other's work. A folder that was moved has left none behind. */
async function isCopy(store: Store, { run, home }: RunIdentity): Promise<boolean> {
  if (home === store.location) return false;
  const original = new LocalStore(home);
  if ((await readIdentity(original).catch(() => undefined))?.run !== run) return false;
  // The same folder may have two paths, by a link or another name of its disk.
  const mark = randomBytes(8).toString('hex');
  await store.write(PROBE, mark);
  try {
    return (await original.read(PROBE)) !== mark;
  } finally {
    await store.remove(PROBE);
  }
}

async function requireIdle(store: Store, { address, namespace }: RunIdentity): Promise<void> {
  const workers = (await confirmLiveWorkers(store)).map(({ worker }) => worker);
  if (workers.length === 0) return;
  throw new UsageError(
    `${store.location} is being worked on through the Temporal server ${address}, namespace ${namespace}; ` +
      `stop its worker (${workers.join(', ')}) first, or choose another PATH.OUTPUT`,
  );
}

/** @throws UsageError where the folder cannot be written */
export async function requireWritable(store: Store): Promise<void> {
  try {
    await store.write(PROBE, '');
    await store.remove(PROBE);
  } catch (error) {
    const why =
      describeStoreTrouble(error, store.location) ?? `${store.location} cannot be written (${errorCode(error)})`;
    throw new UsageError(`PATH.OUTPUT cannot be used: ${why}, or choose another folder`);
  }
}

function slug(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/[^\w]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return ascii === '' ? 'run' : ascii.toLowerCase();
}
