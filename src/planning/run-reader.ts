import type { Chunk, ChunkRecord } from '../records.js';
import { RecentMap } from '../recent.js';
import { sha256 } from '../store/canonical.js';
import { blockPath, openBlock } from '../store/chunk-blocks.js';
import { RUN_FILES } from '../store/run-files.js';
import { openSealed } from '../store/sealed.js';
import type { Store } from '../store/store.js';
import { BrokenRunError } from './broken-run-error.js';
import type { ManifestPage, PlannedDocument, RunPlan } from './run-plan.js';

/** Plans are few and large. */
const KEPT_PLANS = 2;
/** Each open chunk is asked for with every call; those of a batch are neighbours. */
const KEPT_BLOCKS = 32;

/** What `storePlan` and `prepareRun` write they write again where it is not as it should be. */
const REMEDY = '`npx augmentoolkit run` (or `start`), given again, writes it anew';

/**
 * Reads what a run is made of out of its store. A plan, text, chunk or manifest that is missing or damaged is a broken
 * run; a chunk's record that is damaged counts as absent, and `onProblem` is told.
 */
export class RunReader {
  readonly #store: Store;
  readonly #onProblem: (message: string) => void;
  readonly #plans = new RecentMap<string, Promise<RunPlan>>(KEPT_PLANS);
  /** By plan and path: a changed text may move a chunk without changing it. */
  readonly #blocks = new RecentMap<string, Promise<ReturnType<typeof openBlock>>>(KEPT_BLOCKS);
  /** Damaged records that were told of. */
  readonly #reported = new Set<string>();

  constructor(store: Store, onProblem: (message: string) => void = () => {}) {
    this.#store = store;
    this.#onProblem = onProblem;
  }

  plan(fingerprint: string): Promise<RunPlan> {
    return once(this.#plans, fingerprint, () => this.#open(RUN_FILES.plan(fingerprint)) as Promise<RunPlan>);
  }

  /** A page of the manifest that `prepareRun` wrote; `batch` counts from 1. */
  manifestPage(plan: string, batch: number): Promise<ManifestPage> {
    return this.#open(RUN_FILES.manifestPage(plan, batch)) as Promise<ManifestPage>;
  }

  async chunk(plan: string, id: string): Promise<Chunk> {
    const path = blockPath(id);
    if (path === undefined) throw new BrokenRunError(`${id} is no chunk`);
    const key = `${plan}/${path}`;
    const { chunks, isDamaged } = await once(this.#blocks, key, async () => openBlock(await this.#need(path)));
    const chunk = chunks.get(id);
    if (chunk !== undefined) return chunk;
    // It may be mended meanwhile.
    this.#blocks.delete(key);
    throw this.#broken(isDamaged ? path : `${id} in ${path}`, isDamaged ? 'damaged' : 'missing');
  }

  async documentText({ id, textHash }: PlannedDocument): Promise<string> {
    const path = RUN_FILES.document(id);
    const text = await this.#need(path);
    if (sha256(text) !== textHash) throw this.#broken(path, 'damaged');
    return text;
  }

  /** The chunk's record if it is whole and was made under just these conditions. */
  async record(chunk: string, fingerprint: string): Promise<ChunkRecord | undefined> {
    const path = RUN_FILES.record(chunk);
    const text = await this.#store.read(path);
    if (text === undefined) return undefined;
    const record = openSealed(text) as ChunkRecord | undefined;
    if (record === undefined) this.#reportOnce(path);
    return record?.fingerprint === fingerprint ? record : undefined;
  }

  async #open(path: string): Promise<unknown> {
    const value = openSealed(await this.#need(path));
    if (value === undefined) throw this.#broken(path, 'damaged');
    return value;
  }

  async #need(path: string): Promise<string> {
    const text = await this.#store.read(path);
    if (text === undefined) throw this.#broken(path, 'missing');
    return text;
  }

  #broken(path: string, what: 'missing' | 'damaged') {
    return new BrokenRunError(`${path} is ${what} in ${this.#store.location}; ${REMEDY}`);
  }

  #reportOnce(path: string): void {
    if (this.#reported.has(path)) return;
    this.#reported.add(path);
    this.#onProblem(`${path} is damaged: it counts as absent, and the chunk is done again from the journal`);
  }
}

/** A failed reading does not stay: the next attempt reads anew. */
function once<Value>(
  known: RecentMap<string, Promise<Value>>,
  key: string,
  read: () => Promise<Value>,
): Promise<Value> {
  const found = known.get(key);
  if (found !== undefined) return found;
  const reading = read();
  known.set(key, reading);
  reading.catch(() => known.delete(key));
  return reading;
}

export function findDocument(plan: RunPlan, id: string): PlannedDocument {
  const document = plan.documents.find((each) => each.id === id);
  if (document === undefined) throw new BrokenRunError(`the plan ${plan.fingerprint} has no document ${id}`);
  return document;
}
