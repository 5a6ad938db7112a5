import { makePlan } from '../../planning/make-plan.js';
import { readRetryRounds } from '../../planning/retry-rounds.js';
import { readBuildInfo } from '../../temporal/build-info.js';
import { ensureContextServer, openContext, runPage, withClient } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit.js';
import { startRun } from '../start-run.js';
import type { ReadyRun, RunOptions } from './run.js';
import { print, printJson, remark } from '../print.js';

/** Starts a run and returns; workers do the rest. */
export async function start(options: RunOptions): Promise<ExitCode> {
  const context = await openContext(options);
  const build = await readBuildInfo();
  const { settings } = context.loaded;
  const retries = await readRetryRounds(context.store);
  const planned = await makePlan({ settings, until: options.until, program: build.program, retries });
  return startPlanned({ context, planned }, options);
}

/** Starts a run or finds it open, and says so. */
export async function startPlanned(
  { context, planned, note }: Omit<ReadyRun, 'build'>,
  options: Pick<RunOptions, 'json' | 'name'>,
): Promise<ExitCode> {
  [...(note === undefined ? [] : [note]), ...context.loaded.warnings, ...planned.warnings].forEach((message) =>
    remark(message),
  );
  await ensureContextServer(context);
  const started = await withClient(context.target, (client, connection) =>
    startRun({ context, client, connection, planned, ...(options.name && { name: options.name }), say: remark }),
  );
  const { run } = started.identity;
  const page = runPage(context.target, run);
  if (options.json) printJson({ run, attached: started.attached, paused: started.paused, page });
  else
    print([
      `Run ${run} ${started.attached ? 'is open already' : 'is started'}: ${page}`,
      '`npx augmentoolkit worker` works on it, `npx augmentoolkit watch` follows it.',
    ]);
  return EXIT.done;
}
