import { rmdir, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Settings } from '../../config/schema.js';
import { errorCode } from '../../error-code.js';
import { readControl } from '../../store/control.js';
import { type RunIdentity, readIdentity } from '../../store/identity.js';
import { type Lease, readLiveWorkers } from '../../store/leases.js';
import { RUN_FILES } from '../../store/run-files.js';
import type { Store } from '../../store/store.js';
import { type CommandContext, withClient } from '../command-context.js';
import { counted } from '../../format.js';
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
  const space = await checkSpace(existing, await chunksToDo(store, chunks), loaded.settings);
  return [...(await checkRun(context)), ...(await checkControl(store)), space];
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
    return `${shown} cannot be written (${errorCode(error)}): choose another PATH.OUTPUT, or get the right to write there`;
  }
  try {
    await store.create(trial, '');
    return undefined;
  } catch (error) {
    return `${shown} is on a file system without hard links (${errorCode(error)}), which a run needs: choose another PATH.OUTPUT`;
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

/** Whose run the folder holds, and how it stands. */
async function checkRun(context: CommandContext): Promise<Finding[]> {
  const { store, target } = context;
  const shown = shownPath(store.location);
  const identity = await readIdentity(store).catch(() => 'unreadable' as const);
  if (identity === undefined) return [output.ok(`${shown} can be written; it holds no run`)];
  if (identity === 'unreadable' || typeof identity?.run !== 'string') {
    return [output.fix(`${shown}/${RUN_FILES.identity} cannot be read: put it back, or choose another PATH.OUTPUT`)];
  }
  const leases = await readLiveWorkers(store);
  const isOfThisServer = identity.address === target.address && identity.namespace === target.namespace;
  const bound = isOfThisServer
    ? output.ok(`${shown} holds the run ${identity.run}, which goes on from there; ${describeWorkers(leases)}`)
    : describeElsewhere(shown, identity, leases);
  const isOpen = isOfThisServer && (await isRunOpen(context, identity));
  return [bound, ...(isOpen ? [describeOpen(leases)] : []), ...leases.flatMap(describeBlocks)];
}

function describeWorkers(leases: readonly Lease[]): string {
  const workers = leases.map(({ worker }) => worker);
  return workers.length === 0 ? 'no worker is at work on it' : `at work on it: ${workers.join(', ')}`;
}

function describeElsewhere(shown: string, { run, address, namespace }: RunIdentity, leases: readonly Lease[]): Finding {
  const bound =
    `${shown} holds the run ${run} of another server (${address}, namespace ${namespace}); ` + describeWorkers(leases);
  if (leases.length === 0) return output.note(`${bound}. It moves to this server when it is run again`);
  return output.fix(`${bound}. Stop that worker first, or choose another PATH.OUTPUT`);
}

/** As far as the server says; one that does not run has no open run to speak of. */
async function isRunOpen({ target }: CommandContext, { run }: RunIdentity): Promise<boolean> {
  return withClient(target, async (client) => (await client.workflow.getHandle(run).describe()).status.name).then(
    (state) => state === 'RUNNING',
    () => false,
  );
}

function describeOpen(leases: readonly Lease[]): Finding {
  if (leases.length > 0) return output.note('that run is open and under way: `npx augmentoolkit run` joins it');
  return output.note('that run is open, and waits for a worker: `npx augmentoolkit run` goes on with it');
}

function describeBlocks({ worker, limiters }: Lease): Finding[] {
  return Object.values(limiters).flatMap(({ closed }) =>
    closed?.reason === 'blocked' ? [output.note(`worker ${worker} is blocked: ${closed.message}`)] : [],
  );
}

/** How the run is steered. */
async function checkControl(store: Store): Promise<Finding[]> {
  const control = await readControl(store).catch(() => 'unreadable' as const);
  if (control === undefined) return [];
  if (control === 'unreadable' || typeof control?.paused !== 'boolean') {
    const shown = `${shownPath(store.location)}/${RUN_FILES.control}`;
    return [output.fix(`${shown} cannot be read: delete it, and a run writes it anew`)];
  }
  return control.paused ? [output.note('that run is paused: `npx augmentoolkit resume` lets it go on')] : [];
}

/** What is recorded takes no more room; of another plan it may not be the same chunks, but about as many. */
async function chunksToDo(store: Store, chunks: number | undefined): Promise<ChunksToDo | undefined> {
  if (chunks === undefined) return undefined;
  const done = Math.min(chunks, (await store.paths(RUN_FILES.records)).length);
  return { done, toDo: chunks - done };
}

interface ChunksToDo {
  done: number;
  toDo: number;
}

async function checkSpace(folder: string, chunks: ChunksToDo | undefined, settings: Settings): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (chunks === undefined) return disk.ok(`${formatBytes(free)} free`);
  if (chunks.toDo === 0) return disk.ok(`${formatBytes(free)} free; all chunks are done`);
  const need = diskNeed(chunks.toDo, settings);
  const takes =
    chunks.done === 0
      ? `this run takes roughly ${formatBytes(need)}`
      : `${counted(chunks.done, 'chunk')} done, the rest takes roughly ${formatBytes(need)}`;
  const said = `${formatBytes(free)} free; ${takes}`;
  return free > need ? disk.ok(said) : disk.note(`${said}: make room, or choose another PATH.OUTPUT`);
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
