import { readFile, stat } from 'node:fs/promises';

/** Where things stand in a write-ahead log of SQLite, by https://www.sqlite.org/fileformat2.html#walformat, in bytes. */
const PAGE_SIZE_AT = 8;
const SALT = { start: 16, end: 24 };
const FILE_HEADER = 32;
const FRAME = { header: 24, pagesAt: 4, salt: { start: 8, end: 16 } };

/** Bytes of a SQLite database once all that is in its write-ahead log is in its file; the server may be running. */
export async function databaseBytes(database: string): Promise<number> {
  const log = await readFile(`${database}-wal`).catch(() => Buffer.alloc(0));
  return bytesByLog(log) ?? (await stat(database)).size;
}

/** As the last commit in the log has it; nothing where none is in it. Pure. */
export function bytesByLog(log: Buffer): number | undefined {
  if (log.length < FILE_HEADER) return undefined;
  const pageSize = log.readUInt32BE(PAGE_SIZE_AT);
  const salt = log.subarray(SALT.start, SALT.end);
  let pages = 0;
  for (let at = FILE_HEADER; at + FRAME.header + pageSize <= log.length; at += FRAME.header + pageSize) {
    const frame = log.subarray(at, at + FRAME.header);
    // The log is written again from its start: what has another salt is left over from before.
    if (!frame.subarray(FRAME.salt.start, FRAME.salt.end).equals(salt)) break;
    pages = frame.readUInt32BE(FRAME.pagesAt) || pages;
  }
  return pages === 0 ? undefined : pages * pageSize;
}
