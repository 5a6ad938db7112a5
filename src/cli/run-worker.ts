import { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { missingKey } from '../config/missing-key.js';
import type { ModelRole } from '../steps/step.js';
import type { RunIdentity } from '../store/identity.js';
import type { Lease } from '../store/leases.js';
import type { BuildInfo } from '../temporal/build-info.js';
import { connectNative } from '../temporal/connection.js';
import { type CommandContext, runStore, targetOf } from './command-context.js';
import { UsageError } from './exit.js';
import { describeOtherProgram } from './other-program.js';
import { tellPause } from './tell-pause.js';

export interface HostedWorker {
  /** Settles when the worker has stopped; rejects if it broke. */
  stopped: Promise<void>;
  stop: () => void;
}

/** Only those who call models need keys. */
export function requireKeys({ loaded }: CommandContext): void {
  const missing = missingKey(loaded);
  if (missing !== undefined) throw new UsageError(missing);
}

/** Runs a worker in this process until it is stopped; its log goes to a file in the output folder. */
export async function hostWorker(
  context: CommandContext,
  identity: RunIdentity,
  build: BuildInfo,
  { host, roles }: { host: Lease['host']; roles: readonly ModelRole[] },
): Promise<HostedWorker> {
  requireSameProgram(identity, build);
  // Loaded only now: the worker package takes half a second, which other commands need not wait.
  const { openRunLog } = await import('./run-log.js');
  const { startRunWorker } = await import('../worker.js');
  const logger = openRunLog(context.store.location);
  const target = targetOf(context, identity);
  const connection: NativeConnection = await connectNative(target);
  try {
    const { namespace } = target;
    const { workflowBundle } = build;
    const store = runStore(context);
    const common = { loaded: context.loaded, store, identity, connection, namespace, workflowBundle, logger };
    const worker = await startRunWorker({ ...common, host, roles });
    // A command that was killed, or found no server, may have left the run's root with an older word than the file's.
    tellPause(store, new Client({ connection, namespace }), identity.run).catch((error: unknown) =>
      logger.warn(`the run could not be told whether it is paused: ${String(error)}`),
    );
    return { stop: worker.stop, stopped: closeAfter(worker.stopped, connection) };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function closeAfter(stopped: Promise<void>, connection: NativeConnection): Promise<void> {
  try {
    await stopped;
  } finally {
    await connection.close();
  }
}

/** Workers of another version would never get this run's tasks: better to say so than to wait for nothing. */
export function requireSameProgram(identity: RunIdentity, build: BuildInfo): void {
  const other = describeOtherProgram(identity, build);
  if (other !== undefined) throw new UsageError(other);
}
