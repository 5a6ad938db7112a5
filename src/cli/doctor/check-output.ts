import { rmdir, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Settings } from '../../config/schema.js';
import { type RunIdentity, readIdentity } from '../../store/identity.js';
import { readLiveWorkers } from '../../store/leases.js';
import type { Store } from '../../store/store.js';
import type { CommandContext } from '../command-context.js';
import { diskNeed } from './disk-need.js';
import { type Finding, findingsOf } from './finding.js';
import { shownPath } from './shown-path.js';

const output = findingsOf('output');
const disk = findingsOf('disk');

/** Whether the folder can take a run, whose run it holds, and whether the disk has room for it. */
export async function checkOutput(context: CommandContext, chunks: number | undefined): Promise<Finding[]> {
  const { store, loaded } = context;
  const existing = await nearestFolder(store.location);
  const fault = await tryFolder(store, existing);
  if (fault !== undefined) return [output.fix(fault), disk.skipped('needs a usable folder')];
  const identity = await readIdentity(store).catch(() => 'unreadable' as const);
  return [await describeRun(context, identity), await checkSpace(existing, chunks, loaded.settings)];
}

/** The folder, or the nearest above it that is there. */
async function nearestFolder(folder: string): Promise<string> {
  const isThere = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isThere || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

/** Writes, as a run does, and leaves nothing behind. */
async function tryFolder(store: Store, existing: string): Promise<string | undefined> {
  const trial = `state/doctor-${process.pid}`;
  const shown = shownPath(store.location);
  try {
    await store.write(trial, '');
    await store.remove(trial);
  } catch (error) {
    return `${shown} cannot be written (${codeOf(error)}): choose another PATH.OUTPUT, or get the right to write there`;
  }
  try {
    await store.create(trial, '');
    return undefined;
  } catch (error) {
    return `${shown} is on a file system without hard links (${codeOf(error)}), which a run needs: choose another PATH.OUTPUT`;
  } finally {
    await store.remove(trial);
    await removeEmpty(store.location, existing);
  }
}

/** Takes away what was made for the trial. */
async function removeEmpty(folder: string, existing: string): Promise<void> {
  for (let each = folder; each !== existing; each = dirname(each)) {
    const isGone = await rmdir(each).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}

async function describeRun(
  { store, target }: CommandContext,
  identity: RunIdentity | undefined | 'unreadable',
): Promise<Finding> {
  const shown = shownPath(store.location);
  if (identity === undefined) return output.ok(`${shown} can be written; it holds no run`);
  if (identity === 'unreadable') {
    return output.fix(`${shown}/state/identity.json cannot be read: put it back, or choose another PATH.OUTPUT`);
  }
  const { run, address, namespace } = identity;
  const workers = (await readLiveWorkers(store)).map(({ worker }) => worker);
  const atWork = workers.length === 0 ? 'no worker is at work on it' : `at work on it: ${workers.join(', ')}`;
  if (address === target.address && namespace === target.namespace) {
    return output.ok(`${shown} holds the run ${run}, which goes on from there; ${atWork}`);
  }
  const bound = `${shown} holds the run ${run} of another server (${address}, namespace ${namespace}); ${atWork}`;
  if (workers.length === 0) return output.note(`${bound}. It moves to this server when it is run again`);
  return output.fix(`${bound}. Stop that worker first, or choose another PATH.OUTPUT`);
}

async function checkSpace(folder: string, chunks: number | undefined, settings: Settings): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (chunks === undefined) return disk.ok(`${formatBytes(free)} free`);
  const need = diskNeed(chunks, settings);
  const said = `${formatBytes(free)} free; this run takes roughly ${formatBytes(need)}`;
  return free > need ? disk.ok(said) : disk.fix(`${said}: make room, or choose another PATH.OUTPUT`);
}

const UNITS = ['kB', 'MB', 'GB', 'TB'];

function formatBytes(bytes: number): string {
  let size = bytes / 1_000;
  let unit = 0;
  while (size >= 1_000 && unit < UNITS.length - 1) {
    size /= 1_000;
    unit += 1;
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${UNITS[unit]}`;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
