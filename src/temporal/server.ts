import { statfs } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { webUi, type TemporalTarget } from '../config/temporal-target.js';
import { connectClient, createNamespace } from './connection.js';
import { explainServerEnd } from './explain-server-end.js';
import { NamespaceMissingError } from './namespace-missing-error.js';
import { parseAddress, reach } from './reach.js';
import { findServerBinary, type ServerBinaryOptions } from './server-binary.js';
import { markReady, putAsideUnfinished } from './server-database.js';
import {
  CAN_TELL_OURS,
  endServer,
  readLiveRecord,
  serverFiles,
  spawnServer,
  writeRecord,
  type ServerProcess,
  type ServerRecord,
} from './server-process.js';
import { withStartLock } from './start-lock.js';
import { TemporalError } from './temporal-error.js';

export interface ServerOptions extends ServerBinaryOptions {
  /** Where database, log and record of the local server are. */
  stateFolder: string;
}

export interface UsableServer {
  /** `host:port` */
  address: string;
  /** Where people look at runs; empty where that is not known. */
  webUi: string;
  startedNow: boolean;
}

/**
 * How an address answers. `no namespace`: as a Temporal server, but it has not the one that is asked for. `silent`: not,
 * or not as a Temporal server, or not to us.
 */
export type ServerAnswer = 'serves' | 'no namespace' | 'silent';

export interface ServerStatus {
  running: boolean;
  answer: ServerAnswer;
  address: string;
  webUi: string;
  /** Of the local server that this state folder started. */
  pid?: number;
  database: string;
  log: string;
}

const START_TIMEOUT_MS = 60_000;
/**
 * A server of ours that has not answered for so long is hung, and is started anew. Overloaded, server 1.29 may never
 * again get anything from its database but `interrupted (9)` (https://gitlab.com/cznic/sqlite/-/issues/241).
 */
const HUNG_AFTER_MS = 30_000;
/** At least so many questions must stay without an answer. */
const FEWEST_SILENCES = 3;
/** A process that comes to its timers so late cannot tell who is silent. */
const LATE_MS = 1_000;
/** A younger one may still have to put its database in order: to end it then would be to begin anew for ever. */
const STARTING_MS = 120_000;
const POLL_MS = 200;
const NS_PER_MS = 1e6;
/** How long a server that finds its port taken may need to end. */
const GIVE_WAY_MS = 300;
/** How long the ports of a killed server may need to get free. */
const RELEASE_TIMEOUT_MS = 3_000;

/**
 * A server to work with. An address that somebody named is used as it is; otherwise the local server, which is started,
 * with its program fetched if need be, where it does not run. It stays when we go. On a server of ours a missing
 * namespace is made, as it would be if the server were started anew.
 *
 * @throws TemporalError where there is none and none can be started
 */
export async function ensureServer(target: TemporalTarget, options: ServerOptions): Promise<UsableServer> {
  const usable = { address: target.address, webUi: webUi(target) };
  const { stateFolder } = options;
  if (target.explicit || (await joinAtOnce(target, stateFolder))) return { ...usable, startedNow: false };
  try {
    const startedNow = await withStartLock(stateFolder, async () => {
      // Whoever held the lock before may have started it.
      const record = await readLiveRecord(stateFolder);
      if (record !== undefined) {
        const answer = await waitForAnswer(record, target, stateFolder);
        if (answer !== 'silent') return join(answer, target, stateFolder).then(() => false);
        if (await isRunning(record, stateFolder)) await endHung(record, options);
      }
      return startServer(target, options);
    });
    return { ...usable, startedNow };
  } catch (error) {
    throw explainFolder(error, stateFolder);
  }
}

/** @returns false where this state folder has no server running */
export async function stopServer(stateFolder: string): Promise<boolean> {
  const record = await readLiveRecord(stateFolder);
  if (record === undefined) return false;
  await endServer(stateFolder, record);
  return true;
}

export async function serverStatus(target: TemporalTarget, stateFolder: string): Promise<ServerStatus> {
  const record = target.explicit ? undefined : await readLiveRecord(stateFolder);
  const { database, log } = serverFiles(stateFolder);
  const answer = await ask(target);
  return {
    running: answer !== 'silent',
    answer,
    address: target.address,
    webUi: webUi(target),
    ...(record && { pid: record.pid }),
    database,
    log,
  };
}

/** @returns false where none answers now */
async function joinAtOnce(target: TemporalTarget, stateFolder: string): Promise<boolean> {
  const record = await readLiveRecord(stateFolder);
  if (record !== undefined) requireSamePort(record, target);
  const answer = await ask(target);
  if (answer === 'silent') return false;
  if (record !== undefined) await join(answer, target, stateFolder);
  else if (answer === 'no namespace') throw foreignNamespace(target);
  return true;
}

/** A server of ours that answers. */
async function join(answer: ServerAnswer, target: TemporalTarget, stateFolder: string): Promise<void> {
  if (answer === 'no namespace') await createNamespace(target);
  await markReady(stateFolder);
}

/** @returns `silent` where it has ended, or hangs */
async function waitForAnswer(record: ServerRecord, target: TemporalTarget, stateFolder: string): Promise<ServerAnswer> {
  requireSamePort(record, target);
  const startsFor = Math.min(START_TIMEOUT_MS, (record.startedAt ?? 0) + START_TIMEOUT_MS - Date.now());
  const hasEnded = async () => !(await isRunning(record, stateFolder));
  return untilAnswers(target, hasEnded, Math.max(HUNG_AFTER_MS, startsFor));
}

async function isRunning({ pid }: ServerRecord, stateFolder: string): Promise<boolean> {
  return (await readLiveRecord(stateFolder))?.pid === pid;
}

/** Only under the lock: nobody else starts or ends one meanwhile. */
async function endHung(record: ServerRecord, { stateFolder, onProgress }: ServerOptions): Promise<void> {
  const isYoung = Date.now() - (record.startedAt ?? 0) < STARTING_MS;
  if (isYoung || !CAN_TELL_OURS) throw doesNotAnswer(record);
  onProgress('The Temporal server does not answer any more: it is ended, and started anew');
  await endServer(stateFolder, record);
}

function doesNotAnswer({ port }: ServerRecord): TemporalError {
  return new TemporalError(
    `The local Temporal server at 127.0.0.1:${port} does not answer; end it with ` +
      '`npx augmentoolkit server stop`, and try again',
  );
}

/** @returns whether it was ours that came up: one from another state folder may have been quicker, and ours gives way */
async function startServer(target: TemporalTarget, options: ServerOptions): Promise<boolean> {
  await requireFreePorts(target);
  const executable = await findServerBinary(options);
  options.onProgress(`Starting the Temporal server (Web UI: ${webUi(target)})`);
  const { stateFolder } = options;
  const { namespace, uiPort } = target;
  await putAsideUnfinished(stateFolder);
  const { port } = parseAddress(target.address);
  const server = await spawnServer({ executable, stateFolder, namespace, port, uiPort });
  await recordServer(stateFolder, server.record);
  const answer = await untilAnswers(target, async () => server.hasExited(), START_TIMEOUT_MS);
  if (answer === 'silent') {
    throw server.hasExited() ? new TemporalError(await explainEnd(server, stateFolder)) : doesNotAnswer(server.record);
  }
  await pause(GIVE_WAY_MS);
  if (server.hasExited()) return false;
  if (answer === 'no namespace') await createNamespace(target);
  await markReady(stateFolder);
  return true;
}

/** At once, so that it can be stopped even if we are killed now. A server that cannot be recorded could never be. */
async function recordServer(stateFolder: string, record: ServerRecord): Promise<void> {
  try {
    await writeRecord(stateFolder, record);
  } catch (error) {
    await endServer(stateFolder, record);
    throw error;
  }
}

/** @returns `silent` once the server has ended, or after the timeout and several questions that we could hear answered */
async function untilAnswers(
  target: TemporalTarget,
  hasEnded: () => Promise<boolean>,
  timeoutMs: number,
): Promise<ServerAnswer> {
  const deadline = performance.now() + timeoutMs;
  const delay = monitorEventLoopDelay({ resolution: POLL_MS });
  delay.enable();
  try {
    for (let silences = 0; ;) {
      const ended = await hasEnded();
      delay.reset();
      const answer = await ask(target);
      if (answer !== 'silent' || ended) return answer;
      // Who is late for everything gives up a question whose answer is there already.
      if (delay.max / NS_PER_MS < LATE_MS) silences += 1;
      if (silences >= FEWEST_SILENCES && performance.now() > deadline) return answer;
      await pause(POLL_MS);
    }
  } finally {
    delay.disable();
  }
}

async function ask(target: TemporalTarget): Promise<ServerAnswer> {
  try {
    const { connection } = await connectClient(target);
    await connection.close();
    return 'serves';
  } catch (error) {
    if (error instanceof NamespaceMissingError) return 'no namespace';
    if (error instanceof TemporalError) return 'silent';
    throw error;
  }
}

/** For a local server that is not there: what listens in its place is something else, or a killed one on its way out. */
async function requireFreePorts({ address, uiPort }: TemporalTarget): Promise<void> {
  const choose = 'Free it, or choose others with --set TEMPORAL.PORT=7300 --set TEMPORAL.UI_PORT=8300';
  if (await staysTaken(address)) {
    throw new TemporalError(`${address} is in use, but not by a Temporal server. ${choose}`);
  }
  if (await staysTaken(`127.0.0.1:${uiPort}`)) {
    throw new TemporalError(`Port ${uiPort}, for the Web UI of the local Temporal server, is in use. ${choose}`);
  }
}

async function staysTaken(address: string): Promise<boolean> {
  const deadline = Date.now() + RELEASE_TIMEOUT_MS;
  while ((await reach(address)).listens) {
    if (Date.now() > deadline) return true;
    await pause(POLL_MS);
  }
  return false;
}

/** Two servers must not share the database file. */
function requireSamePort(started: ServerRecord, target: TemporalTarget): void {
  if (started.port === parseAddress(target.address).port) return;
  throw new TemporalError(
    `The local Temporal server already runs at 127.0.0.1:${started.port}: give that as TEMPORAL.PORT, ` +
      `or stop it first with \`npx augmentoolkit server stop\``,
  );
}

/** Somebody else's server is not ours to change. */
export function foreignNamespace({ address, namespace }: TemporalTarget): TemporalError {
  return new TemporalError(
    `The Temporal server at ${address}, which is not one that augmentoolkit started, has no namespace "${namespace}". ` +
      `Make it with \`temporal operator namespace create --address ${address} ${namespace}\`, name another with ` +
      'TEMPORAL_NAMESPACE, or choose another port with --set TEMPORAL.PORT=7300',
  );
}

async function explainEnd(server: ServerProcess, stateFolder: string): Promise<string> {
  const { bavail, bsize } = await statfs(stateFolder);
  return explainServerEnd(await server.words(), serverFiles(stateFolder), bavail * bsize);
}

/** What the system says about files (`EACCES`, `ENOSPC`) can only be about the state folder here. */
function explainFolder(error: unknown, stateFolder: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  const help = code === 'ENOSPC' ? 'make room on its disk' : 'get the right to write there, or set XDG_STATE_HOME';
  return new TemporalError(
    `The folder of the local Temporal server, ${stateFolder}, cannot be used (${code}): ${help}`,
    { cause: error },
  );
}
