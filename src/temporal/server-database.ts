import { access, rename, rm, writeFile } from 'node:fs/promises';
import { serverFiles } from './server-process.js';

/** SQLite keeps what is not yet in the database in files beside it. */
const PARTS = ['', '-wal', '-shm', '-journal'];

/**
 * Puts aside a database that no server ever served from. The server makes its tables one by one and only where there is
 * no database file, so that one killed meanwhile, or out of room, leaves a database that lacks tables for good.
 */
export async function putAsideUnfinished(stateFolder: string): Promise<void> {
  const { database, databaseReady } = serverFiles(stateFolder);
  if ((await exists(database)) && (await exists(databaseReady))) return;
  await rm(databaseReady, { force: true });
  for (const part of PARTS) {
    await rename(`${database}${part}`, `${database}.unfinished${part}`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
}

/** A server serves from it. */
export async function markReady(stateFolder: string): Promise<void> {
  const { databaseReady } = serverFiles(stateFolder);
  if (!(await exists(databaseReady))) await writeFile(databaseReady, '');
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
