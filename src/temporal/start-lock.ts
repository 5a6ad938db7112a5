import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { errorCode } from '../error-code.js';
import { isAlive } from './process-signal.js';

/** The holder shows that often that it is there; without a sign for so long, its number is another process's now. */
const SIGN_INTERVAL_MS = 3_000;
const STALE_AFTER_MS = 30_000;
const POLL_MS = 100;

/**
 * Of several commands that would start the local server at the same moment, one goes first and the others wait. A holder
 * that was killed is passed over.
 *
 * @throws the system's error where the folder cannot be written
 */
export async function withStartLock<Result>(stateFolder: string, work: () => Promise<Result>): Promise<Result> {
  await mkdir(stateFolder, { recursive: true });
  const lock = join(stateFolder, 'start.lock');
  while (!(await take(lock))) {
    if (await isStale(lock)) await clearAway(lock);
    else await pause(POLL_MS);
  }
  const signs = setInterval(() => void utimes(lock, new Date(), new Date()).catch(() => {}), SIGN_INTERVAL_MS);
  try {
    return await work();
  } finally {
    clearInterval(signs);
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  const file = await open(lock, 'wx').catch((error: unknown) => {
    if (errorCode(error) === 'EEXIST') return undefined;
    throw error;
  });
  if (file === undefined) return false;
  try {
    await file.writeFile(String(process.pid));
    return true;
  } catch (error) {
    // A full disk takes an empty file, which would keep the next one waiting.
    await rm(lock, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function isStale(lock: string): Promise<boolean> {
  try {
    const age = Date.now() - (await stat(lock)).mtimeMs;
    const holder = Number(await readFile(lock, 'utf8'));
    // Between being made and being filled it is empty, which only a kill makes last.
    return age > STALE_AFTER_MS || (holder > 0 && !isAlive(holder));
  } catch {
    // Given back meanwhile.
    return false;
  }
}

/** Under a name of its own, so that of two who clear away the second finds nothing. */
async function clearAway(lock: string): Promise<void> {
  const away = `${lock}.${process.pid}`;
  await rename(lock, away).catch(() => {});
  await rm(away, { force: true });
}
