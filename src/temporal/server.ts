import { setTimeout as pause } from 'node:timers/promises';
import { webUi, type TemporalTarget } from '../config/temporal-target.js';
import { connectClient } from './connection.js';
import { parseAddress, reach } from './reach.js';
import { findServerBinary, type ServerBinaryOptions } from './server-binary.js';
import {
  endServer,
  readLiveRecord,
  serverFiles,
  spawnServer,
  writeRecord,
  type ServerProcess,
  type ServerRecord,
} from './server-process.js';
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

export interface ServerStatus {
  running: boolean;
  address: string;
  webUi: string;
  /** Of the local server that this state folder started. */
  pid?: number;
  database: string;
  log: string;
}

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 200;
/** How long a server that finds its port taken may need to end. */
const GIVE_WAY_MS = 300;

/**
 * A server to work with. An address that somebody named is used as it is; otherwise the local server, which is started,
 * with its program fetched if need be, where it does not run. It stays when we go.
 *
 * @throws TemporalError where there is none and none can be started
 */
export async function ensureServer(target: TemporalTarget, options: ServerOptions): Promise<UsableServer> {
  const usable = { address: target.address, webUi: webUi(target) };
  if (target.explicit) return { ...usable, startedNow: false };
  const started = await readLiveRecord(options.stateFolder);
  if (started !== undefined) {
    requireSamePort(started, target);
    await untilServing(target);
    return { ...usable, startedNow: false };
  }
  if (await isServing(target)) return { ...usable, startedNow: false };
  return { ...usable, startedNow: await startServer(target, options) };
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
  return {
    running: await isServing(target),
    address: target.address,
    webUi: webUi(target),
    ...(record && { pid: record.pid }),
    database,
    log,
  };
}

/** @returns whether it was ours that came up: of two that start at the same time one finds the port taken and gives way */
async function startServer(target: TemporalTarget, options: ServerOptions): Promise<boolean> {
  await requireFreePorts(target);
  const executable = await findServerBinary(options);
  options.onProgress(`Starting the Temporal server (Web UI: ${webUi(target)})`);
  const { stateFolder } = options;
  const { port } = parseAddress(target.address);
  const server = await spawnServer({
    executable,
    stateFolder,
    namespace: target.namespace,
    port,
    uiPort: target.uiPort,
  });
  // Written at once, so that it can be stopped even if we are killed now, and again when it has won the port.
  if ((await readLiveRecord(stateFolder)) === undefined) await writeRecord(stateFolder, server.record);
  await untilServing(target, server);
  await pause(GIVE_WAY_MS);
  if (server.hasExited()) return false;
  await writeRecord(stateFolder, server.record);
  return true;
}

async function untilServing(target: TemporalTarget, server?: ServerProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const exited = server?.hasExited() ?? false;
    if (await isServing(target)) return;
    if (exited) throw new TemporalError(`The Temporal server ended at once. It said:\n${await server?.lastWords()}`);
    if (Date.now() > deadline) {
      throw new TemporalError(`The local Temporal server at ${target.address} does not answer; stop it and try again`);
    }
    await pause(POLL_MS);
  }
}

async function isServing(target: TemporalTarget): Promise<boolean> {
  try {
    const { connection } = await connectClient(target);
    await connection.close();
    return true;
  } catch (error) {
    if (error instanceof TemporalError) return false;
    throw error;
  }
}

/** For a local server that is not there: what listens in its place is something else. */
async function requireFreePorts({ address, namespace, uiPort }: TemporalTarget): Promise<void> {
  const choose = 'Free it, or choose others with --set TEMPORAL.PORT=7300 --set TEMPORAL.UI_PORT=8300';
  if ((await reach(address)).listens) {
    throw new TemporalError(
      `${address} is in use, but not by a Temporal server with the namespace "${namespace}". ${choose}`,
    );
  }
  if ((await reach(`127.0.0.1:${uiPort}`)).listens) {
    throw new TemporalError(`Port ${uiPort}, for the Web UI of the local Temporal server, is in use. ${choose}`);
  }
}

/** Two servers must not share the database file. */
function requireSamePort(started: ServerRecord, target: TemporalTarget): void {
  if (started.port === parseAddress(target.address).port) return;
  throw new TemporalError(
    `The local Temporal server already runs at 127.0.0.1:${started.port}: give that as TEMPORAL.PORT, ` +
      `or stop it first with \`npx augmentoolkit server stop\``,
  );
}
