import { stateFolder } from '../../config/environment.js';
import type { TemporalTarget } from '../../config/temporal-target.js';
import { serverStatus, type ServerStatus, stopServer } from '../../temporal/server.js';
import {
  type CommandContext,
  ensureContextServer,
  type GlobalOptions,
  openContext,
  withClient,
} from '../command-context.js';
import { counted } from '../../format.js';
import { EXIT, type ExitCode } from '../exit.js';
import { print, printJson } from '../print.js';

export type ServerAction = 'start' | 'stop' | 'status';

/** Somebody waits for the server to stop, and does not need the number. */
const COUNT_TIMEOUT_MS = 3_000;

/** The local Temporal server with its Web UI. */
export async function server(action: ServerAction, options: GlobalOptions & { json: boolean }): Promise<ExitCode> {
  const context = await openContext(options);
  const [value, words] = await ACTIONS[action](context);
  if (options.json) printJson(value);
  else print(words);
  return EXIT.done;
}

/** What came of it, for programs and for people. */
type Said = [value: unknown, words: string];

const ACTIONS: Readonly<Record<ServerAction, (context: CommandContext) => Promise<Said>>> = {
  async start(context) {
    const { target } = context;
    const { address, webUi } = await ensureContextServer(context);
    const value = { running: true, address, webUi };
    const runs = `The Temporal server runs at ${address}${webUi && `, its Web UI at ${webUi}`}.`;
    if (!target.explicit) return [value, `${runs} \`npx augmentoolkit server stop\` stops it.`];
    // One that somebody named is not ours to start: only that it answers can be said.
    await withClient(target, () => Promise.resolve());
    return [value, `${runs} The settings name it, so that none is started here.`];
  },

  async stop({ target }) {
    const open = await countOpen(target);
    const stopped = await stopServer(stateFolder());
    return [{ stopped }, stopped ? describeStopped(open) : 'No local Temporal server was running.'];
  },

  async status({ target }) {
    const status = await serverStatus(target, stateFolder());
    return [status, describeServer(status, target).join('\n')];
  },
};

/** 0 where nobody can say. */
async function countOpen(target: TemporalTarget): Promise<number> {
  if (target.explicit) return 0;
  const query = `WorkflowType = 'generateDataset' AND ExecutionStatus = 'Running'`;
  return withClient(target, (client, connection) =>
    connection.withDeadline(Date.now() + COUNT_TIMEOUT_MS, () => client.workflow.count(query)),
  ).then(
    ({ count }) => count,
    () => 0,
  );
}

function describeStopped(open: number): string {
  const stopped = 'The Temporal server is stopped; its database stays.';
  if (open === 0) return stopped;
  return (
    `${stopped}\n${counted(open, 'run')} ${open === 1 ? 'is' : 'are'} open and will go on when the server is started ` +
    'again, which a `run`, `watch` or `worker` that is still at work does by itself.'
  );
}

function describeServer(
  { answer, address, webUi, pid, database, log }: ServerStatus,
  target: TemporalTarget,
): string[] {
  const page = webUi === '' ? '' : `, its Web UI at ${webUi}`;
  const runs = `The Temporal server runs at ${address}${page}.`;
  const lacks = answer === 'no namespace' ? [`It has no namespace "${target.namespace}".`] : [];
  if (target.explicit) {
    const silent = `No Temporal server answers at ${address}, or not to us: \`npx augmentoolkit doctor\` says more.`;
    return [answer === 'silent' ? silent : runs, ...lacks, 'The settings name it, so that none is started here.'];
  }
  const files = [`Database ${database}`, `Log      ${log}`];
  if (pid !== undefined) return [answer === 'silent' ? notYet(address, pid) : runs, ...lacks, ...files];
  if (answer !== 'silent') return [runs, ...lacks, 'Augmentoolkit did not start it, and will not stop it.'];
  return [`The local Temporal server does not run (it would at ${address}). A run starts it.`, ...files];
}

function notYet(address: string, pid: number): string {
  return `The Temporal server (process ${pid}) does not answer at ${address}: it is starting, or its log says why.`;
}
