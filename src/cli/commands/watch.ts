import { readBuildInfo } from '../../temporal/build-info.js';
import {
  ensureContextServer,
  type GlobalOptions,
  openContext,
  requireIdentity,
  runPage,
  runStore,
  targetOf,
} from '../command-context.js';
import type { ExitCode } from '../exit.js';
import { createProgressView } from '../progress/progress-view.js';
import { reportEnd } from '../report-end.js';
import { listenForStop } from '../listen-for-stop.js';
import { watchRun } from '../watch-run.js';

/** Follows a run that others work on. */
export async function watch(options: GlobalOptions & { json: boolean }): Promise<ExitCode> {
  const startedAt = Date.now();
  const context = await openContext(options);
  const identity = await requireIdentity(context);
  const target = targetOf(context, identity);
  const build = await readBuildInfo();
  await ensureContextServer({ ...context, target });
  const view = await createProgressView(options);
  view.note(`Run ${identity.run}: ${runPage(target, identity.run)}`);
  const stop = listenForStop(() => {});
  try {
    const reviveServer = () => ensureContextServer({ ...context, target });
    const outcome = await watchRun({
      ...context,
      store: runStore(context),
      target,
      identity,
      build,
      view,
      signal: stop.signal,
      reviveServer,
    });
    view.end();
    return reportEnd(outcome, { store: context.store, json: options.json, startedAt });
  } finally {
    stop.dispose();
  }
}
