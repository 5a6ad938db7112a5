import { makePlan } from '../../planning/make-plan.js';
import { readRetryRounds } from '../../planning/retry-rounds.js';
import { readBuildInfo } from '../../temporal/build-info.js';
import { ensureContextServer, openContext, runPage, withClient } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit.js';
import { startRun } from '../start-run.js';
import type { ReadyRun, RunOptions } from './run.js';

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
  const say = (message: string) => process.stderr.write(`${message}\n`);
  [...(note === undefined ? [] : [note]), ...context.loaded.warnings, ...planned.warnings].forEach(say);
  await ensureContextServer(context);
  const started = await withClient(context.target, (client, connection) =>
    startRun({ context, client, connection, planned, ...(options.name && { name: options.name }), say }),
  );
  const { run } = started.identity;
  const page = runPage(context.target, run);
  if (options.json)
    process.stdout.write(`${JSON.stringify({ run, attached: started.attached, paused: started.paused, page })}\n`);
  else
    process.stdout.write(
      `Run ${run} ${started.attached ? 'is open already' : 'is started'}: ${page}\n\`npx augmentoolkit worker\` works on it, \`npx augmentoolkit watch\` follows it.\n`,
    );
  return EXIT.done;
}
