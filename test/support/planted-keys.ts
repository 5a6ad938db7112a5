import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Runs of so many characters of a key count as found. */
const SHORTEST_RUN = 8;

/** The runs of 8 characters of each key that stand in a text. */
export function findKeys(text: string, keys: readonly string[]): string[] {
  const runs = keys.flatMap((key) =>
    Array.from({ length: key.length - SHORTEST_RUN + 1 }, (_, at) => key.slice(at, at + SHORTEST_RUN)),
  );
  return runs.filter((run) => text.includes(run));
}

/** Searches all files of a folder, databases among them: `<path>: <run>`. */
export async function findKeysIn(folder: string, keys: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries
    .filter((entry) => entry.isFile())
    .map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return findKeys(await readFile(path, 'latin1'), keys).map((run) => `${path}: ${run}`);
    });
  return (await Promise.all(found)).flat();
}

/** All of a history as text, with whatever stands encoded in its payloads. */
export function decodedText(value: unknown): string {
  if (value instanceof Uint8Array) return `${Buffer.from(value).toString('utf8')}\n`;
  if (typeof value !== 'object' || value === null) return `${String(value)}\n`;
  return Object.entries(value)
    .map(([name, inner]) => `${name}: ${decodedText(inner)}`)
    .join('');
}
