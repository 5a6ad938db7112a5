import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { environmentWithoutKeys } from '../config/environment.js';
import { sendSignal } from './process-signal.js';
import { reach } from './reach.js';
import { TemporalError } from './temporal-error.js';

/** The local server as its state folder knows it: `server.json`. */
export interface ServerRecord {
  pid: number;
  port: number;
  uiPort: number;
  /** In ms since 1970. Records of earlier versions have none. */
  startedAt?: number;
}

export interface ServerFiles {
  record: string;
  database: string;
  /** Is there once a server has served from the database: then nothing of it is missing. */
  databaseReady: string;
  log: string;
}

/** Started apart from us: it outlives this process, and Ctrl-C does not reach it. */
export interface ServerProcess {
  record: ServerRecord;
  /** True once the process has ended. */
  hasExited(): boolean;
  /** What it wrote since it was started. */
  words(): Promise<string>;
}

export interface SpawnOptions {
  executable: string;
  stateFolder: string;
  namespace: string;
  port: number;
  uiPort: number;
}

/**
 * Measured: one partition a queue gives 11 % more calls a second, the faster transfer queue 25 % more child starts;
 * the longer lock timeout keeps starting children quick while their parent is busy. What a call was scheduled with is
 * looked at again when it starts and ends: 64 MB of it (and not 512 KB) stay in memory, 5 % more calls with 500 open chunks.
 * The states of 2,000 workflows stay in memory, and not of 128,000: at most about 500 of a run are open.
 */
const SERVER_SETTINGS = [
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
  'history.transferProcessorMaxPollRPS=500',
  'history.cacheNonUserContextLockTimeout="20s"',
  'history.eventsCacheMaxSizeBytes=67108864',
  'history.hostLevelCacheMaxSize=2000',
];

/**
 * The server is a Go program: it may hold five times what is live before it collects garbage, not two, while that is below
 * the limit. Measured: 6 % less work; without a limit, 3 GB in a run of 20,000 chunks.
 */
const GO_SETTINGS = { GOGC: '400', GOMEMLIMIT: '1GiB' };

/** Safe against a crash of the process, and fast. */
const DATABASE_SETTINGS = ['journal_mode=WAL', 'synchronous=NORMAL'];

/** Elsewhere a process is only known by its number and port, which may be another's by now: people end it, not we. */
export const CAN_TELL_OURS = process.platform !== 'win32';

const STOP_TIMEOUT_MS = 20_000;
/** The system itself may hold a process, as one that waits for a disk which does not answer. */
const KILL_TIMEOUT_MS = 20_000;
const POLL_MS = 100;

export function serverFiles(stateFolder: string): ServerFiles {
  return {
    record: join(stateFolder, 'server.json'),
    database: join(stateFolder, 'temporal.db'),
    databaseReady: join(stateFolder, 'temporal.db.ready'),
    log: join(stateFolder, 'server.log'),
  };
}

/** @param options the state folder is there */
export async function spawnServer(options: SpawnOptions): Promise<ServerProcess> {
  const files = serverFiles(options.stateFolder);
  const log = await open(files.log, 'a');
  const logStart = (await log.stat()).size;
  const child = spawn(options.executable, serverArguments(options, files.database), {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    windowsHide: true,
    env: { ...GO_SETTINGS, ...environmentWithoutKeys() },
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw new TemporalError(`The Temporal server ${options.executable} cannot be started`, { cause: error });
  } finally {
    await log.close();
  }
  child.unref();
  return {
    record: { pid: child.pid ?? 0, port: options.port, uiPort: options.uiPort, startedAt: Date.now() },
    hasExited: () => child.exitCode !== null || child.signalCode !== null,
    words: async () => (await readFile(files.log)).subarray(logStart).toString(),
  };
}

/** The recorded server, if that process is still there and is the one. */
export async function readLiveRecord(stateFolder: string): Promise<ServerRecord | undefined> {
  const record = await readRecord(serverFiles(stateFolder).record);
  return record !== undefined && (await isOurServer(record, stateFolder)) ? record : undefined;
}

export async function writeRecord(stateFolder: string, record: ServerRecord): Promise<void> {
  const file = serverFiles(stateFolder).record;
  const draft = `${file}.${record.pid}`;
  await writeFile(draft, `${JSON.stringify(record)}\n`);
  await rename(draft, file);
}

/**
 * Ends the recorded process, by force if it does not end in time, and forgets it.
 *
 * @throws TemporalError where even that does not end it
 */
export async function endServer(stateFolder: string, record: ServerRecord): Promise<void> {
  const deadline = performance.now() + STOP_TIMEOUT_MS;
  sendSignal(record.pid, 'SIGTERM');
  while (await isOurServer(record, stateFolder)) {
    const overdue = performance.now() - deadline;
    if (overdue > KILL_TIMEOUT_MS) {
      throw new TemporalError(`The Temporal server, process ${record.pid}, cannot be ended: end it by hand`);
    }
    if (overdue > 0) sendSignal(record.pid, 'SIGKILL');
    await pause(POLL_MS);
  }
  const { record: file } = serverFiles(stateFolder);
  // Another command may have started one anew meanwhile.
  if ((await readRecord(file))?.pid === record.pid) await rm(file, { force: true });
}

function serverArguments({ namespace, port, uiPort }: SpawnOptions, database: string): string[] {
  const options = { ip: '127.0.0.1', port, 'ui-port': uiPort, namespace, 'db-filename': database, 'log-level': 'warn' };
  return [
    'server',
    'start-dev',
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ...DATABASE_SETTINGS.flatMap((setting) => ['--sqlite-pragma', setting]),
    ...SERVER_SETTINGS.flatMap((setting) => ['--dynamic-config-value', setting]),
  ];
}

async function readRecord(file: string): Promise<ServerRecord | undefined> {
  try {
    const { pid, port, uiPort, startedAt }: Partial<ServerRecord> = JSON.parse(await readFile(file, 'utf8'));
    return pid && port && uiPort ? { pid, port, uiPort, ...(startedAt && { startedAt }) } : undefined;
  } catch {
    // Not there, or cut short by a crash: then no server is known.
    return undefined;
  }
}

/** Process numbers are used again, so that a living process proves nothing by itself. */
async function isOurServer({ pid, port }: ServerRecord, stateFolder: string): Promise<boolean> {
  if (process.platform === 'win32') return sendSignal(pid, 0) && (await reach(`127.0.0.1:${port}`)).listens;
  return (await commandOf(pid)).includes(` --db-filename ${serverFiles(stateFolder).database} `);
}

/** Empty where there is no such process (any more). */
async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return words.replaceAll('\0', ' ');
  }
  const asked = promisify(execFile)('ps', ['-ww', '-o', 'args=', '-p', String(pid)]);
  return asked.then(
    ({ stdout }) => stdout,
    () => '',
  );
}
