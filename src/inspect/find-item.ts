import { isAbsolute, relative, resolve } from 'node:path';
import type { RunArchive } from '../archive/run-archive.js';
import { chunkOfFile } from '../outputs/chunk-files.js';
import { DATASET_FILES } from '../outputs/dataset.js';
import { RUN_FILES } from '../store/run-files.js';
import type { Store } from '../store/store.js';
import { UserError } from '../user-error.js';

/** What of a run somebody asks for: a chunk, or something of it. */
export interface InspectedItem {
  chunk: string;
  /** `q2`, `c1` or the id of a call; absent for all of the chunk. */
  part?: string;
}

/** Rows of these files are in the same order as those of the file that names them. */
const NAMED_IN: Record<string, string> = {
  [DATASET_FILES.shareGpt]: DATASET_FILES.master,
  [DATASET_FILES.messages]: DATASET_FILES.master,
};

/** So many chunks are named where an id could mean several. */
const MOST_NAMED = 5;

/**
 * Finds what a person means by the id or place they give: a chunk's id or a part of it that no other has,
 * `<chunk>/q2`, `<chunk>/c1`, `<chunk>/<call id>`, a workflow's id, or `messages.jsonl:12`.
 *
 * @throws UserError where nothing, or more than one thing, is meant
 */
export async function findItem(
  reference: string,
  { archive, store, run }: { archive: RunArchive; store: Store; run: string },
): Promise<InspectedItem> {
  const id = (await idAtPlace(reference, store)) ?? reference;
  const [first = '', ...rest] = (id.startsWith(`${run}/`) ? id.slice(run.length + 1) : id).split('/');
  // A pair is a question after its revision: `<chunk>/q2/pair`.
  const [part] = rest;
  return { chunk: await findChunk(first, archive), ...(part && { part }) };
}

async function findChunk(name: string, archive: RunArchive): Promise<string> {
  const found: string[] = [];
  if (name !== '') {
    for await (const { id } of archive.entries()) {
      if (id === name) return id;
      if (id.includes(name)) found.push(id);
    }
  }
  const [only, ...others] = found;
  if (only === undefined) throw unknown(`${name} is the id of no chunk of this run`);
  if (others.length === 0) return only;
  const named = found.slice(0, MOST_NAMED).join(', ');
  const more = found.length > MOST_NAMED ? ` and ${found.length - MOST_NAMED} more` : '';
  throw new UserError(`${name} could be any of ${named}${more}: give more of the id`);
}

/** The id of what stands at `<file>:<line>`, or of the chunk that a file is about; `undefined` where no file is meant. */
async function idAtPlace(reference: string, store: Store): Promise<string | undefined> {
  const { file, line } = /^(?<file>.+\.jsonl?)(?::(?<line>\d+))?$/.exec(reference)?.groups ?? {};
  if (file === undefined) return undefined;
  const path = await pathInStore(file, store);
  const chunk = chunkOfFile(path) ?? chunkOfCalls(path);
  if (chunk !== undefined) return chunk;
  if (line === undefined) throw new UserError(`Which line of ${file}? Give it as ${file}:12`);
  return idOnLine(path, Number(line), store);
}

async function pathInStore(file: string, store: Store): Promise<string> {
  const fromHere = relative(store.location, resolve(file)).replaceAll('\\', '/');
  const isInside = !fromHere.startsWith('..') && !isAbsolute(fromHere);
  for (const path of [...(isInside ? [fromHere] : []), file]) if (await store.exists(path)) return path;
  throw new UserError(`There is no ${file}, here or in ${store.location}`);
}

/** Of a chunk's folded journal. */
function chunkOfCalls(path: string): string | undefined {
  return new RegExp(`^${RUN_FILES.calls}/([^/]+)\\.jsonl$`).exec(path)?.[1];
}

async function idOnLine(path: string, line: number, store: Store): Promise<string> {
  let number = 0;
  for await (const text of store.readLines(NAMED_IN[path] ?? path)) {
    number += 1;
    if (number === line) return idOfRow(text) ?? fail(`Line ${line} of ${path} does not say which item it is`);
  }
  return fail(`${path} has ${number} lines, and no line ${line}`);
}

/** Of a row of master_list.jsonl, of the processed list, or of any that has an `id`. */
function idOfRow(text: string): string | undefined {
  try {
    const row: unknown = JSON.parse(text.replace(/,$/, ''));
    const about: unknown = Array.isArray(row) ? row[4] : row;
    const { id } = about as { id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

function fail(message: string): never {
  throw unknown(message);
}

function unknown(message: string): UserError {
  return new UserError(
    `${message}. Give a chunk's id (as in records/), <chunk>/q2, <chunk>/c1, or a place as in ${DATASET_FILES.messages}:12`,
  );
}
