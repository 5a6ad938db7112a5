import { brokenRun } from './failures.js';
import type { Chunk, ChunkRecord } from '../records.js';
import type { ManifestPage, PlannedDocument, RunPlan } from '../planning/run-plan.js';
import { readPlan } from '../planning/run-plan.js';
import { RUN_FILES } from '../store/run-files.js';
import type { Store } from '../store/store.js';

/** Plans are few and large: the last ones are kept. */
const KEPT_PLANS = 4;

/** Reads what a run is made of out of its store. */
export class RunReader {
  readonly #store: Store;
  readonly #plans = new Map<string, Promise<RunPlan>>();

  constructor(store: Store) {
    this.#store = store;
  }

  plan(fingerprint: string): Promise<RunPlan> {
    const known = this.#plans.get(fingerprint);
    if (known !== undefined) return known;
    const reading = this.#readPlan(fingerprint);
    this.#plans.set(fingerprint, reading);
    // A failed reading must not stay: the next attempt reads anew.
    reading.catch(() => this.#plans.delete(fingerprint));
    if (this.#plans.size > KEPT_PLANS) this.#plans.delete([...this.#plans.keys()][0] ?? '');
    return reading;
  }

  /** A page of the manifest that `prepareRun` wrote; `batch` counts from 1. */
  async manifestPage(plan: string, batch: number): Promise<ManifestPage> {
    return JSON.parse(await this.#need(RUN_FILES.manifestPage(plan, batch))) as ManifestPage;
  }

  async chunk(id: string): Promise<Chunk> {
    return JSON.parse(await this.#need(RUN_FILES.chunk(id))) as Chunk;
  }

  async documentText(id: string): Promise<string> {
    return this.#need(RUN_FILES.document(id));
  }

  /** The chunk's record if it is whole and was made under just these conditions. */
  async record(chunk: string, fingerprint: string): Promise<ChunkRecord | undefined> {
    const text = await this.#store.read(RUN_FILES.record(chunk));
    if (text === undefined) return undefined;
    try {
      const record = JSON.parse(text) as ChunkRecord;
      return record.fingerprint === fingerprint ? record : undefined;
    } catch {
      return undefined;
    }
  }

  async #readPlan(fingerprint: string): Promise<RunPlan> {
    const plan = await readPlan(this.#store, fingerprint);
    if (plan === undefined)
      throw brokenRun(`${RUN_FILES.plan(fingerprint)} is missing in ${this.#store.location}; start the run again`);
    return plan;
  }

  async #need(path: string): Promise<string> {
    const text = await this.#store.read(path);
    if (text === undefined) throw brokenRun(`${path} is missing in ${this.#store.location}; start the run again`);
    return text;
  }
}

export function findDocument(plan: RunPlan, id: string): PlannedDocument {
  const document = plan.documents.find((each) => each.id === id);
  if (document === undefined) throw brokenRun(`the plan ${plan.fingerprint} has no document ${id}`);
  return document;
}
