import { makePlan } from '../../planning/make-plan.js';
import { readBuildInfo } from '../../temporal/build-info.js';
import { ensureContextServer, openContext, runPage, withClient } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit.js';
import { startRun } from '../start-run.js';
import type { RunOptions } from './run.js';

/** Starts a run and returns; workers do the rest. */
export async function start(options: RunOptions): Promise<ExitCode> {
  const context = await openContext(options);
  const { program } = await readBuildInfo();
  const planned = await makePlan({ settings: context.loaded.settings, until: options.until, program });
  const say = (message: string) => process.stderr.write(`${message}\n`);
  [...context.loaded.warnings, ...planned.warnings].forEach(say);
  await ensureContextServer(context);
  const started = await withClient(context.target, (client) =>
    startRun({ context, client, planned, ...(options.name && { name: options.name }), say }),
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
