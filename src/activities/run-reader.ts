import { brokenRun } from './failures.js';
import type { Chunk, ChunkRecord } from '../records.js';
import type { ManifestPage, PlannedDocument, RunPlan } from '../planning/run-plan.js';
import { sha256 } from '../store/canonical.js';
import { RUN_FILES } from '../store/run-files.js';
import { openSealed } from '../store/sealed.js';
import type { Store } from '../store/store.js';

/** Plans are few and large: the last ones are kept. */
const KEPT_PLANS = 4;

/** What `storePlan` and `prepareRun` write they write again where it is not as it should be. */
const REMEDY = '`npx augmentoolkit run` (or `start`), given again, writes it anew';

/**
 * Reads what a run is made of out of its store. A plan, text, chunk or manifest that is missing or damaged is a broken
 * run; a chunk's record that is damaged counts as absent, and `onProblem` is told.
 */
export class RunReader {
  readonly #store: Store;
  readonly #onProblem: (message: string) => void;
  readonly #plans = new Map<string, Promise<RunPlan>>();
  /** Damaged records that were told of. */
  readonly #reported = new Set<string>();

  constructor(store: Store, onProblem: (message: string) => void = () => {}) {
    this.#store = store;
    this.#onProblem = onProblem;
  }

  plan(fingerprint: string): Promise<RunPlan> {
    const known = this.#plans.get(fingerprint);
    if (known !== undefined) return known;
    const reading = this.#open(RUN_FILES.plan(fingerprint)) as Promise<RunPlan>;
    this.#plans.set(fingerprint, reading);
    // A failed reading must not stay: the next attempt reads anew.
    reading.catch(() => this.#plans.delete(fingerprint));
    if (this.#plans.size > KEPT_PLANS) this.#plans.delete([...this.#plans.keys()][0] ?? '');
    return reading;
  }

  /** A page of the manifest that `prepareRun` wrote; `batch` counts from 1. */
  manifestPage(plan: string, batch: number): Promise<ManifestPage> {
    return this.#open(RUN_FILES.manifestPage(plan, batch)) as Promise<ManifestPage>;
  }

  chunk(id: string): Promise<Chunk> {
    return this.#open(RUN_FILES.chunk(id)) as Promise<Chunk>;
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
    return brokenRun(`${path} is ${what} in ${this.#store.location}; ${REMEDY}`);
  }

  #reportOnce(path: string): void {
    if (this.#reported.has(path)) return;
    this.#reported.add(path);
    this.#onProblem(`${path} is damaged: it counts as absent, and the chunk is done again from the journal`);
  }
}

export function findDocument(plan: RunPlan, id: string): PlannedDocument {
  const document = plan.documents.find((each) => each.id === id);
  if (document === undefined) throw brokenRun(`the plan ${plan.fingerprint} has no document ${id}`);
  return document;
}
