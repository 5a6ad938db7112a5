import { rmdirSync, statSync, type Stats } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What a folder as a store does with files, on the systems there are. */

/** Windows refuses to rename over a file that a virus scanner or an editor has open; it lets go soon. */
const RENAME_ATTEMPTS = 10;
const RENAME_WAIT_MS = 50;

/** Not Node's own recursive mkdir: where nothing can be made, as under /proc, that one never returns. Never makes `kept`. */
export async function makeFolder(folder: string, kept: string | undefined): Promise<void> {
  if (folder === kept) return;
  try {
    await mkdir(folder);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return;
    if (!hasCode(error, 'ENOENT') || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder), kept);
    await mkdirAgain(folder);
  }
}

/** Another writer may have made it meanwhile. */
async function mkdirAgain(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}

/** `undefined` where what the action is about does not exist. */
export async function absentIfMissing<T>(action: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** What is at a path; `undefined` where there is nothing. */
export function find(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (hasCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** Whether the folder was empty, and now is gone. */
export function removedEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    // Not empty, or in use: it stays.
    return false;
  }
}

/** Takes the place of what is there. */
export async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const busy = hasCode(error, 'EPERM') || hasCode(error, 'EBUSY') || hasCode(error, 'EACCES');
      if (!busy || attempt === RENAME_ATTEMPTS || process.platform !== 'win32') throw error;
      await new Promise((done) => setTimeout(done, RENAME_WAIT_MS * attempt));
    }
  }
}

export function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
