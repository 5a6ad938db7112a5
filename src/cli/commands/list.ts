import { stat } from 'node:fs/promises';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { webUi } from '../../config/temporal-target.js';
import { ensureContextServer, type GlobalOptions, openContext, withClient } from '../command-context.js';
import { describeRuns, type ListedRun } from '../describe-runs.js';
import { EXIT, type ExitCode } from '../exit.js';
import { print, printJson } from '../print.js';

/** Enough for a look; the Web UI has them all. */
const MOST_RUNS = 100;

/** All runs that the server knows, the newest first. */
export async function list(options: GlobalOptions & { json: boolean }): Promise<ExitCode> {
  const context = await openContext(options);
  await ensureContextServer(context);
  const { runs, hasMore } = await withClient(context.target, listRuns);
  if (options.json) printJson(runs);
  else if (runs.length === 0) print('There are no runs yet; `npx augmentoolkit run` starts one.');
  else {
    const page = webUi(context.target);
    const rest = hasMore ? ['', `The newest ${MOST_RUNS} runs. The Web UI has the others${page && `: ${page}`}`] : [];
    print([...describeRuns(runs), ...rest]);
  }
  return EXIT.done;
}

async function listRuns(client: Client): Promise<{ runs: ListedRun[]; hasMore: boolean }> {
  const runs: ListedRun[] = [];
  for await (const run of client.workflow.list({ query: `WorkflowType = 'generateDataset'` })) {
    if (runs.length === MOST_RUNS) return { runs, hasMore: true };
    runs.push(await readRun(run));
  }
  return { runs, hasMore: false };
}

async function readRun({ workflowId, status, startTime, closeTime, memo }: WorkflowExecutionInfo): Promise<ListedRun> {
  const output = typeof memo?.['output'] === 'string' ? memo['output'] : undefined;
  return {
    run: workflowId,
    state: status.name.toLowerCase().replaceAll('_', ' '),
    startTime,
    ...(closeTime && { closeTime }),
    ...(output !== undefined && { output }),
    isHere: output !== undefined && (await isFolder(output)),
  };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
