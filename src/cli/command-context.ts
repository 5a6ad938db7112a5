import type { Client, Connection } from '@temporalio/client';
import { cacheFolder, stateFolder } from '../config/environment.js';
import type { LoadedSettings } from '../config/load.js';
import { loadSettings } from '../config/load.js';
import type { TemporalTarget } from '../config/temporal-target.js';
import { temporalTarget, webUi } from '../config/temporal-target.js';
import type { RunIdentity } from '../store/identity.js';
import { readIdentity } from '../store/identity.js';
import { LocalStore } from '../store/local-store.js';
import { RUN_FILES } from '../store/run-files.js';
import type { Store } from '../store/store.js';
import { connectClient } from '../temporal/connection.js';
import type { UsableServer } from '../temporal/server.js';
import { ensureServer } from '../temporal/server.js';
import { UsageError } from './exit.js';
import { remark } from './print.js';

/** Options of every command that takes the settings. */
export interface GlobalOptions {
  config?: string;
  set: string[];
  debug: boolean;
}

const DEFAULT_CONFIG = 'config.yaml';

/** What commands about a run need: its settings, its folder, and where Temporal is. */
export interface CommandContext {
  loaded: LoadedSettings;
  target: TemporalTarget;
  store: Store;
}

export async function openContext(options: GlobalOptions): Promise<CommandContext> {
  const loaded = await loadSettings({
    file: options.config ?? DEFAULT_CONFIG,
    fileIsDefault: options.config === undefined,
    set: options.set,
  });
  return {
    loaded,
    target: temporalTarget(loaded.settings.TEMPORAL),
    store: new LocalStore(loaded.settings.PATH.OUTPUT),
  };
}

/**
 * The folder of a run that is there. Should it go away (removed, or its disk not mounted any more), nothing is read as
 * absent, and nothing is created in its place.
 */
export function runStore({ store }: CommandContext): Store {
  return new LocalStore(store.location, { marker: RUN_FILES.identity });
}

/** Finds or starts the server. Progress goes to standard error: it may take minutes the first time. */
export function ensureContextServer({ target }: CommandContext): Promise<UsableServer> {
  return ensureServer(target, {
    stateFolder: stateFolder(),
    cacheFolder: cacheFolder(),
    onProgress: remark,
  });
}

/** The run that OUTPUT belongs to. */
export async function requireIdentity({ store }: CommandContext): Promise<RunIdentity> {
  const identity = await readIdentity(store);
  if (identity === undefined) {
    throw new UsageError(
      `${store.location} holds no run; start one with \`npx augmentoolkit run\`, or name its folder with --set PATH.OUTPUT=FOLDER`,
    );
  }
  return identity;
}

/** The server that a run is bound to; other settings for keys and TLS stay as they are. */
export function targetOf({ target }: CommandContext, identity: RunIdentity): TemporalTarget {
  const { address, namespace } = identity;
  // A server that is not the one these settings mean is never ours to start.
  return { ...target, address, namespace, explicit: target.explicit || address !== target.address };
}

/** Does something with a client, and closes it. */
export async function withClient<Result>(
  target: TemporalTarget,
  work: (client: Client, connection: Connection) => Promise<Result>,
): Promise<Result> {
  const { client, connection } = await connectClient(target);
  try {
    return await work(client, connection);
  } finally {
    await connection.close();
  }
}

/** The run's page in the Web UI; empty where the Web UI is not known. */
export function runPage(target: TemporalTarget, run: string): string {
  const base = webUi(target);
  if (base === '') return '';
  const namespaced = base.includes('/namespaces/') ? base : `${base}/namespaces/${target.namespace}`;
  return `${namespaced}/workflows/${encodeURIComponent(run)}`;
}
