import type { PlannedRun } from '../../planning/make-plan.js';
import { makePlan } from '../../planning/make-plan.js';
import { readRetryRounds } from '../../planning/retry-rounds.js';
import type { Until } from '../../records.js';
import type { BuildInfo } from '../../temporal/build-info.js';
import { readBuildInfo } from '../../temporal/build-info.js';
import {
  type CommandContext,
  ensureContextServer,
  type GlobalOptions,
  openContext,
  runPage,
  runStore,
  withClient,
} from '../command-context.js';
import type { ExitCode } from '../exit.js';
import { createProgressView } from '../progress/progress-view.js';
import { reportEnd } from '../report-end.js';
import { listenForStop } from '../listen-for-stop.js';
import { type HostedWorker, hostWorker, requireKeys } from '../run-worker.js';
import { startRun } from '../start-run.js';
import { type RunOutcome, watchRun } from '../watch-run.js';

export interface RunOptions extends GlobalOptions {
  json: boolean;
  until: Until;
  name?: string;
}

/** Everything in one terminal: server, worker, workflow, progress and result. */
export async function run(options: RunOptions): Promise<ExitCode> {
  const context = await openContext(options);
  requireKeys(context);
  const build = await readBuildInfo();
  const { settings } = context.loaded;
  const retries = await readRetryRounds(context.store);
  const planned = await makePlan({ settings, until: options.until, program: build.program, retries });
  return runPlanned({ context, build, planned }, options);
}

/** What `run` and `start` go on with once it is known what there is to do. */
export interface ReadyRun {
  context: CommandContext;
  build: BuildInfo;
  planned: PlannedRun;
  /** To be said before all else. */
  note?: string;
}

/** Starts a run or finds it open, works on it, follows it to its end, and says how that was. */
export async function runPlanned(ready: ReadyRun, options: Pick<RunOptions, 'json' | 'name'>): Promise<ExitCode> {
  const startedAt = Date.now();
  const outcome = await workOn(ready, options);
  return reportEnd(outcome, { store: ready.context.store, json: options.json, startedAt });
}

/** Starts a run or finds it open, works on it, and follows it to its end; nothing where it was stopped before. */
export async function workOn(
  { context, build, planned, note }: ReadyRun,
  options: Pick<RunOptions, 'json' | 'name'>,
): Promise<RunOutcome | undefined> {
  const view = await createProgressView(options);
  [...(note === undefined ? [] : [note]), ...context.loaded.warnings, ...planned.warnings].forEach(view.note);
  await ensureContextServer(context);
  const { identity, attached, paused, claim } = await withClient(context.target, (client, connection) =>
    startRun({
      context,
      client,
      connection,
      planned,
      works: true,
      ...(options.name && { name: options.name }),
      say: view.note,
    }),
  );
  view.note(`Run ${identity.run} ${attached ? 'goes on' : 'is started'}: ${runPage(context.target, identity.run)}`);
  if (paused) view.note('The run is paused: `npx augmentoolkit resume` lets it go on.');

  const watching = new AbortController();
  let worker: HostedWorker | undefined;
  // Before the worker: it takes calls as soon as it is there.
  const stop = listenForStop(() => {
    view.note('Stopping: calls in flight end and are recorded. Once more to stop at once.');
    watching.abort();
    worker?.stop();
  });
  try {
    worker = await hostWorker(context, identity, build, { host: 'run', roles: ['logical', 'large'] });
    await claim?.release();
    if (watching.signal.aborted) worker.stop();
    const reviveServer = () => ensureContextServer(context);
    const watched = watchRun({
      ...context,
      store: runStore(context),
      identity,
      build,
      ownPlan: identity.plan,
      view,
      signal: watching.signal,
      reviveServer,
    });
    const outcome = await Promise.race([watched, worker.stopped.then(() => undefined)]);
    view.end();
    worker.stop();
    await worker.stopped;
    return outcome;
  } finally {
    // Whatever went wrong, the worker must not go on unseen.
    watching.abort();
    worker?.stop();
    await worker?.stopped.catch(() => {});
    await claim?.release();
    stop.dispose();
  }
}
