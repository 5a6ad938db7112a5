import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { TemporalTarget } from '../config/temporal-target.js';
import type { RunIdentity } from '../store/identity.js';
import { claimIdentity, readIdentity } from '../store/identity.js';
import { confirmLiveWorkers } from '../store/leases.js';
import type { Store } from '../store/store.js';
import { describeStoreTrouble } from '../store/store-trouble.js';
import { taskQueuesFor } from '../temporal/queues.js';
import { UsageError } from './exit.js';

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
  if (known === undefined) {
    const run = `${slug(name ?? basename(store.location))}-${randomBytes(3).toString('hex')}`;
    return claimIdentity(store, { run, address, namespace, plan: '', queues: taskQueuesFor(run, '', false) });
  }
  if (name !== undefined && !known.run.startsWith(`${slug(name)}-`)) {
    say(`--name ${name} is not used: ${store.location} holds the run ${known.run}`);
  }
  if (known.address === address && known.namespace === namespace) return known;
  await requireIdle(store, known);
  return { ...known, address, namespace };
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
    await store.write('state/writable', '');
    await store.remove('state/writable');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const why = describeStoreTrouble(error, store.location) ?? `${store.location} cannot be written (${code})`;
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
