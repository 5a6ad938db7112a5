import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHUNK_FOLDERS } from '../../src/outputs/chunk-files.js';
import { DATASET_FILES } from '../../src/outputs/dataset.js';
import type { CallRecord } from '../../src/call-record.js';
import { openBlock } from '../../src/store/chunk-blocks.js';

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

/** The chunks of all texts, also those that were not run. */
export async function readChunkIds(output: string): Promise<string[]> {
  const entries = await readdir(join(output, 'chunks'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const blocks = await Promise.all(files.toSorted().map(async (file) => openBlock(await readFile(file, 'utf8'))));
  return blocks.flatMap(({ chunks }) => [...chunks.keys()]);
}

export async function readJsonLines<Row>(output: string, file: string): Promise<Row[]> {
  const lines = (await readFile(join(output, file), 'utf8')).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
}

export async function readJson<Value>(output: string, file: string): Promise<Value> {
  return JSON.parse(await readFile(join(output, file), 'utf8')) as Value;
}

/**
 * The calls whose answer is in the journal, named as the provider is told: `<chunk>/<call id>`. Loose records are
 * looked for first: one that is folded meanwhile is then found in the fold.
 */
export async function readRecordedCalls(output: string): Promise<Set<string>> {
  const generations = join(output, 'generations');
  const list = (folder: string) => readdir(folder).catch((): string[] => []);
  const loose = (await list(generations)).filter((name) => !name.includes('.jsonl'));
  const calls = await Promise.all(
    loose.map(async (chunk) =>
      (await list(join(generations, chunk))).flatMap((file) => {
        const id = LOOSE_CALL.exec(file)?.[1];
        return id === undefined ? [] : [`${chunk}/${id}`];
      }),
    ),
  );
  const folds = (await list(generations)).filter((name) => name.endsWith('.jsonl'));
  const records = await Promise.all(folds.map((name) => readJsonLines<CallRecord>(generations, name)));
  return new Set([...calls.flat(), ...records.flat().map(({ call }) => `${call.chunk}/${call.id}`)]);
}

/** `<call id>.<12 digits of the key>.json` */
const LOOSE_CALL = /^(.+)\.[0-9a-f]{12}\.json$/;
