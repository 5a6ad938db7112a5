import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

export interface FoundFile {
  /** Where it is. */
  file: string;
  /** Relative to the input, NFC, with `/`. */
  path: string;
}

export interface SkippedFile {
  path: string;
  reason: string;
}

export interface FoundFiles {
  files: FoundFile[];
  skipped: SkippedFile[];
}

/**
 * All files of a folder and the folders below it, or the one file itself; hidden ones are left out. Sorted by path in
 * code-unit order, so that the order never depends on the file system. What cannot be read is in `skipped`.
 */
export async function findFiles(input: string): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], skipped: [] };
  if ((await stat(input)).isDirectory()) await walk(input, '', found, new Set());
  else found.files.push({ file: input, path: basename(input).normalize('NFC') });
  found.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return found;
}

/** `visited`: real paths of folders, so that a link that leads back up ends the walk. */
async function walk(folder: string, prefix: string, found: FoundFiles, visited: Set<string>): Promise<void> {
  const real = await realpath(folder);
  if (visited.has(real)) return;
  visited.add(real);
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  for (const name of names.sort()) {
    const file = join(folder, name);
    const path = `${prefix}${name}`.normalize('NFC');
    try {
      const entry = await stat(file);
      if (entry.isDirectory()) await walk(file, `${path}/`, found, visited);
      else if (entry.isFile()) found.files.push({ file, path });
      else found.skipped.push({ path, reason: 'is neither a file nor a folder' });
    } catch (error) {
      found.skipped.push({ path, reason: cannotBeRead(error) });
    }
  }
}

const FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by this user',
};

/** What an error of the file system means, to follow the name of the file. */
export function cannotBeRead(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return FAULTS[code] ?? `cannot be read: ${String(error)}`;
}
