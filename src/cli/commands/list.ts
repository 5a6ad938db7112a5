import { ensureContextServer, type GlobalOptions, openContext, withClient } from '../command-context.js';
import { formatDuration } from '../format.js';
import { EXIT, type ExitCode } from '../exit.js';

/** Enough for a look; the Web UI has them all. */
const MOST_RUNS = 100;

/** All runs that the server knows, the newest first. */
export async function list(options: GlobalOptions & { json: boolean }): Promise<ExitCode> {
  const context = await openContext(options);
  await ensureContextServer(context);
  const runs = await withClient(context.target, async (client) => {
    const found = [];
    for await (const run of client.workflow.list({ query: `WorkflowType = 'generateDataset'` })) {
      const { workflowId, status, startTime, closeTime, memo } = run;
      found.push({ run: workflowId, state: status.name.toLowerCase(), startTime, closeTime, output: memo?.['output'] });
      if (found.length === MOST_RUNS) break;
    }
    return found;
  });
  if (options.json) process.stdout.write(`${JSON.stringify(runs)}\n`);
  else if (runs.length === 0) process.stdout.write('There are no runs yet; `npx augmentoolkit run` starts one.\n');
  else
    for (const { run, state, startTime, closeTime, output } of runs) {
      const lasted = formatDuration((closeTime ?? new Date()).getTime() - startTime.getTime());
      process.stdout.write(
        `${run.padEnd(32)} ${state.padEnd(11)} ${startTime.toISOString()}  ${lasted.padEnd(12)} ${typeof output === 'string' ? output : ''}\n`,
      );
    }
  return EXIT.done;
}
