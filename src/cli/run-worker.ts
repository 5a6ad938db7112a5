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

export interface StopSignals {
  /** Aborted by the first Ctrl-C or SIGTERM. */
  signal: AbortSignal;
  dispose(): void;
}

/** The first Ctrl-C or SIGTERM asks, the second ends the process at once. */
export function listenForStop(onStop: (signal: NodeJS.Signals) => void): StopSignals {
  const controller = new AbortController();
  const handle = (signal: NodeJS.Signals) => {
    // By the second, calls in flight are given up: they are the only ones that may be paid again.
    if (controller.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143);
    controller.abort();
    onStop(signal);
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  const dispose = () => {
    process.off('SIGINT', handle);
    process.off('SIGTERM', handle);
  };
  return { signal: controller.signal, dispose };
}
