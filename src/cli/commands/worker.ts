import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelRole } from '../../steps/step.js';
import { hashOf } from '../../store/canonical.js';
import type { RunIdentity } from '../../store/identity.js';
import { readIdentity } from '../../store/identity.js';
import type { Store } from '../../store/store.js';
import type { BuildInfo } from '../../temporal/build-info.js';
import { readBuildInfo } from '../../temporal/build-info.js';
import { ensureContextServer, type GlobalOptions, openContext, targetOf } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit.js';
import { listenForStop } from '../listen-for-stop.js';
import { hostWorker, requireKeys, requireSameProgram } from '../run-worker.js';
import { remark } from '../print.js';

/** How often it looks whether there is a run yet, or another one. */
const LOOK_INTERVAL_MS = 2_000;

export interface WorkerCommandOptions extends GlobalOptions {
  models: ModelRole[];
}

/** A worker process: as many as you like, on any machine that sees the output folder and the server. */
export async function worker(options: WorkerCommandOptions): Promise<ExitCode> {
  // Once, because a new build beneath a running process is not what runs in it.
  const build = await readBuildInfo();
  const stop = listenForStop(() =>
    remark('Stopping: calls in flight end and are recorded. Once more to stop at once.'),
  );
  try {
    while (!stop.signal.aborted) await workOnRun(options, build, stop.signal);
    remark('Stopped.');
    return EXIT.done;
  } finally {
    stop.dispose();
  }
}

/** Works on the run there is, until it is stopped or the run is started anew in a way that this worker has no part in. */
async function workOnRun(options: WorkerCommandOptions, build: BuildInfo, signal: AbortSignal): Promise<void> {
  // Read anew each time: they may be what has changed.
  const context = await openContext(options);
  requireKeys(context);
  const identity = await waitForRun(context.store, signal);
  if (identity === undefined) return;
  requireSameProgram(identity, build);
  await ensureContextServer({ ...context, target: targetOf(context, identity) });
  const hosted = await hostWorker(context, identity, build, { host: 'worker', roles: options.models });
  remark(`Working on run ${identity.run} (${options.models.join(', ')}). Ctrl-C stops cleanly.`);

  const watching = new AbortController();
  const change = waitForChange(context.store, identity, AbortSignal.any([signal, watching.signal]));
  try {
    await Promise.race([hosted.stopped, change]);
    if (!signal.aborted) remark('The run was started anew in another way: calls in flight end and are recorded first.');
    hosted.stop();
    await hosted.stopped;
  } finally {
    watching.abort();
  }
}

/** A worker may be started before its run. Nothing where it is stopped first. */
async function waitForRun(store: Store, signal: AbortSignal): Promise<RunIdentity | undefined> {
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    const identity = await readIdentity(store);
    if (identity !== undefined && identity.plan !== '') return identity;
    if (isFirst) remark(`Waiting for a run in ${store.location}: \`npx augmentoolkit start\` starts one.`);
    await pause(signal);
  }
  return undefined;
}

/** Until the run has other queues or another server than it had, or the signal comes. */
async function waitForChange(store: Store, identity: RunIdentity, signal: AbortSignal): Promise<void> {
  const worked = placeOf(identity);
  while (!signal.aborted) {
    await pause(signal);
    // A folder that cannot be read for a while says nothing of the run.
    const now = await readIdentity(store).catch(() => undefined);
    if (now !== undefined && placeOf(now) !== worked) return;
  }
}

/** Where its work is to be had. The plan is none of it: each piece of work names its own. */
function placeOf({ run, address, namespace, queues }: RunIdentity): string {
  return hashOf({ run, address, namespace, queues });
}

/** An abort only ends the wait. */
async function pause(signal: AbortSignal): Promise<void> {
  await sleep(LOOK_INTERVAL_MS, undefined, { signal }).catch(() => {});
}
