import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHUNK_FOLDERS } from '../../src/outputs/chunk-files.js';
import { DATASET_FILES } from '../../src/outputs/dataset.js';

/** Everything that must be equal byte for byte between runs of the same input, settings and seed: path -> content. */
export async function readComparable(output: string): Promise<Record<string, string>> {
  const paths = Object.values(DATASET_FILES) as string[];
  for (const folder of CHUNK_FOLDERS) {
    const names = await readdir(join(output, folder)).catch(() => []);
    paths.push(...names.toSorted((a, b) => (a < b ? -1 : 1)).map((name) => `${folder}/${name}`));
  }
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(output, path), 'utf8')])),
  );
}

export async function readJsonLines<Row>(output: string, file: string): Promise<Row[]> {
  const lines = (await readFile(join(output, file), 'utf8')).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
}

export async function readJson<Value>(output: string, file: string): Promise<Value> {
  return JSON.parse(await readFile(join(output, file), 'utf8')) as Value;
}

/** Model calls whose answer is in the journal, loose and folded. */
export async function countRecordedCalls(output: string): Promise<number> {
  const entries = await readdir(join(output, 'generations'), { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const folded = files.filter(({ name }) => name.endsWith('.jsonl'));
  const lines = await Promise.all(folded.map(({ name }) => readJsonLines(output, join('generations', name))));
  return files.filter(({ name }) => name.endsWith('.json')).length + lines.flat().length;
}
