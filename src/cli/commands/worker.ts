import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelRole } from '../../steps/step.js';
import type { RunIdentity } from '../../store/identity.js';
import { readIdentity } from '../../store/identity.js';
import type { Store } from '../../store/store.js';
import { readBuildInfo } from '../../temporal/build-info.js';
import { ensureContextServer, type GlobalOptions, openContext, targetOf } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit.js';
import { hostWorker, listenForStop, requireKeys } from '../run-worker.js';

const WAIT_FOR_RUN_MS = 1_000;

/** A worker process: as many as you like, on any machine that sees the output folder and the server. */
export async function worker(options: GlobalOptions & { models: ModelRole[] }): Promise<ExitCode> {
  const context = await openContext(options);
  requireKeys(context);
  const build = await readBuildInfo();
  const say = (message: string) => process.stderr.write(`${message}\n`);
  const waiting = new AbortController();
  let stopWorker = () => waiting.abort();
  const stop = listenForStop(() => {
    say('Stopping: calls in flight end and are recorded. Once more to stop at once.');
    stopWorker();
  });
  try {
    const identity = await waitForRun(context.store, waiting.signal, say);
    if (identity === undefined) return EXIT.done;
    await ensureContextServer({ ...context, target: targetOf(context, identity) });
    const hosted = await hostWorker(context, identity, build, { host: 'worker', roles: options.models });
    say(`Working on run ${identity.run} (${options.models.join(', ')}). Ctrl-C stops cleanly.`);
    stopWorker = hosted.stop;
    if (waiting.signal.aborted) hosted.stop();
    await hosted.stopped;
    say('Stopped.');
    return EXIT.done;
  } finally {
    stop.dispose();
  }
}

/** A worker may be started before its run. */
async function waitForRun(
  store: Store,
  signal: AbortSignal,
  say: (message: string) => void,
): Promise<RunIdentity | undefined> {
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    const identity = await readIdentity(store);
    if (identity !== undefined && identity.plan !== '') return identity;
    if (isFirst) say(`Waiting for a run in ${store.location}: \`npx augmentoolkit start\` starts one.`);
    await sleep(WAIT_FOR_RUN_MS);
  }
  return undefined;
}
