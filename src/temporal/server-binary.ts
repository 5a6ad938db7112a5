import { execFile } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { environmentWithoutKeys, findProgram, processEnvironment } from '../config/environment.js';
import { TemporalError } from './temporal-error.js';

/** The last version that `go install` can build: later ones have a replace directive. */
const VERSION = 'v1.5.1';
const DOWNLOADS = 'https://temporal.download/cli/archive';
const GO_PACKAGE = `github.com/temporalio/cli/cmd/temporal@${VERSION}`;

const PROGRAM = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/** Offline, the next way is tried soon; once bytes flow, a slow line may take its time. */
const ANSWER_TIMEOUT_MS = 10_000;
const DOWNLOAD_TIMEOUT_MS = 15 * 60_000;
const BUILD_TIMEOUT_MS = 30 * 60_000;
const TRIAL_TIMEOUT_MS = 30_000;

export interface ServerBinaryOptions {
  /** Where a fetched program is kept. */
  cacheFolder: string;
  /** Hears what is being done where it takes time. */
  onProgress: (message: string) => void;
  environment?: NodeJS.ProcessEnv;
  /** Another place with the same archives. */
  downloads?: string;
}

/**
 * The path of the Temporal server's program (the `temporal` command): the one on PATH, our copy, or a new copy,
 * downloaded or built with Go.
 *
 * @throws TemporalError that names the ways to get one
 */
export async function findServerBinary(options: ServerBinaryOptions): Promise<string> {
  const present = presentServerBinary(options);
  if (present !== undefined) return present;

  const copy = copyIn(options.cacheFolder);
  const failures: string[] = [];
  for (const obtain of [download, buildWithGo]) {
    try {
      await bringIntoPlace(obtain, copy, options);
      return copy;
    } catch (error) {
      failures.push(error instanceof TemporalError ? error.message : firstLine(error));
    }
  }
  throw new TemporalError(waysToGetOne(failures));
}

/** The program on PATH, or our copy; undefined where it would have to be fetched. */
export function presentServerBinary({
  cacheFolder,
  environment,
}: Pick<ServerBinaryOptions, 'cacheFolder' | 'environment'>): string | undefined {
  const copy = copyIn(cacheFolder);
  return findProgram('temporal', environment) ?? (existsSync(copy) ? copy : undefined);
}

function copyIn(cacheFolder: string): string {
  return join(cacheFolder, `temporal-${VERSION}`, PROGRAM);
}

/** Puts the program into `folder`. */
type Obtain = (folder: string, options: ServerBinaryOptions) => Promise<void>;

/** Works in a folder of its own and renames at the end, so that several processes can do this at once. */
async function bringIntoPlace(obtain: Obtain, copy: string, options: ServerBinaryOptions): Promise<void> {
  await mkdir(dirname(copy), { recursive: true });
  const folder = await mkdtemp(join(options.cacheFolder, 'new-temporal-'));
  try {
    await obtain(folder, options);
    const fresh = join(folder, PROGRAM);
    await promisify(execFile)(fresh, ['--version'], { timeout: TRIAL_TIMEOUT_MS });
    await rename(fresh, copy).catch((error: unknown) => {
      // On Windows a program that runs cannot be replaced: then somebody was faster, and theirs is as good.
      if (!existsSync(copy)) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function download(folder: string, { onProgress, downloads = DOWNLOADS }: ServerBinaryOptions): Promise<void> {
  const platform = platformName();
  onProgress('Downloading the Temporal server (once, about 60 MB)');
  const archive = join(folder, 'archive');
  try {
    await fetchFile(`${downloads}/${VERSION}?${platform}`, archive);
    // The archive is a tar.gz, or a zip on Windows, whose own tar unpacks both.
    await promisify(execFile)('tar', ['-xf', archive, '-C', folder]);
  } catch (error) {
    throw new TemporalError(`downloading from ${new URL(downloads).host} failed (${firstLine(error)})`);
  }
}

async function fetchFile(url: string, file: string): Promise<void> {
  const patience = new AbortController();
  const giveUp = (after: number) => setTimeout(() => patience.abort(new Error('no answer in time')), after);
  let timer = giveUp(ANSWER_TIMEOUT_MS);
  try {
    const response = await fetch(url, { signal: patience.signal });
    if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
    clearTimeout(timer);
    timer = giveUp(DOWNLOAD_TIMEOUT_MS);
    await pipeline(Readable.fromWeb(response.body), createWriteStream(file));
  } finally {
    clearTimeout(timer);
  }
}

function platformName(): string {
  const platforms: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
  const architectures: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };
  const platform = platforms[process.platform];
  const architecture = architectures[process.arch];
  if (platform === undefined || architecture === undefined) {
    throw new TemporalError(`there is no download for ${process.platform} ${process.arch}`);
  }
  return `platform=${platform}&arch=${architecture}`;
}

async function buildWithGo(folder: string, options: ServerBinaryOptions): Promise<void> {
  const environment = options.environment ?? processEnvironment();
  const go = findProgram('go', environment);
  if (go === undefined) throw new TemporalError('Go is not installed');
  options.onProgress('Building the Temporal server with Go (once, about 3 minutes)');
  try {
    await promisify(execFile)(go, ['install', GO_PACKAGE], {
      env: { ...environmentWithoutKeys(environment), GOBIN: folder },
      timeout: BUILD_TIMEOUT_MS,
    });
  } catch (error) {
    throw new TemporalError(`building it with Go failed (${lastLine(error)})`);
  }
}

function waysToGetOne(failures: readonly string[]): string {
  return [
    `There is no Temporal server here, and none could be fetched: ${failures.join('; ')}. One of these helps:`,
    '  - install the Temporal CLI, so that `temporal` is on PATH: https://docs.temporal.io/cli',
    `  - run again where ${new URL(DOWNLOADS).host} can be reached`,
    '  - install Go (https://go.dev/dl), with which it is built',
    '  - use a server that runs elsewhere: set TEMPORAL_ADDRESS',
  ].join('\n');
}

/** `fetch failed` says nothing; its cause does. */
function firstLine(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return String(cause).split('\n')[0] ?? '';
}

/** Of what Go said: its last line has the reason. */
function lastLine(error: unknown): string {
  return String(error).trim().split('\n').at(-1) ?? '';
}
