import type { CallRecord } from '../call-record.js';
import type { ManifestEntry, PlannedDocument, RunPlan } from '../planning/run-plan.js';
import { findDocument, RunReader } from '../planning/run-reader.js';
import type { Chunk, ChunkRecord } from '../records.js';
import { Journal } from '../store/journal.js';
import { RUN_FILES } from '../store/run-files.js';
import { SingleFlight } from '../store/single-flight.js';
import type { Store } from '../store/store.js';

/** A chunk of the run's manifest, with its record once it is done. */
export interface ArchivedChunk {
  /** Its place in the manifest, from 0. */
  index: number;
  entry: ManifestEntry;
  chunk: Chunk;
  document: PlannedDocument;
  /** Absent where the chunk is not done, or was done under other settings. */
  record?: ChunkRecord;
}

/**
 * A run as its folder holds it: what it was to do, what came of it, and each call behind that. Only reads, so that it
 * may be opened beside a run at work; what is damaged is told to `onProblem` and counts as absent.
 */
export class RunArchive {
  readonly plan: RunPlan;
  readonly #store: Store;
  readonly #reader: RunReader;
  readonly #journal: Journal;

  private constructor(store: Store, plan: RunPlan, reader: RunReader, onProblem: (message: string) => void) {
    this.plan = plan;
    this.#store = store;
    this.#reader = reader;
    this.#journal = new Journal({ store, flights: new SingleFlight(), onProblem });
  }

  /**
   * @param plan fingerprint of the plan in force, as the folder's identity names it
   * @throws BrokenRunError where the plan is missing or damaged
   */
  static async open(store: Store, plan: string, onProblem: (message: string) => void = () => {}): Promise<RunArchive> {
    const reader = new RunReader(store, onProblem);
    return new RunArchive(store, await reader.plan(plan), reader, onProblem);
  }

  /** Whether the texts were cut into chunks yet: there is a manifest. */
  isPrepared(): Promise<boolean> {
    return this.#store.exists(RUN_FILES.manifestPage(this.plan.fingerprint, 1));
  }

  /** The manifest, in the order of documents and places; nothing before the run is prepared. */
  async *entries(): AsyncGenerator<ManifestEntry> {
    // Preparing with other limits may have left more pages than are in force; they name the same chunks again.
    const seen = new Set<string>();
    for (let page = 1; await this.#store.exists(RUN_FILES.manifestPage(this.plan.fingerprint, page)); page += 1) {
      const { chunks } = await this.#reader.manifestPage(this.plan.fingerprint, page);
      for (const entry of chunks) {
        if (seen.has(entry.id)) continue;
        seen.add(entry.id);
        yield entry;
      }
    }
  }

  /** All chunks of the manifest, one at a time. */
  async *chunks(): AsyncGenerator<ArchivedChunk> {
    let index = 0;
    for await (const entry of this.entries()) {
      yield await this.#archived(entry, index);
      index += 1;
    }
  }

  /** A chunk of the manifest by its id; `undefined` where it has no such chunk. */
  async find(id: string): Promise<ArchivedChunk | undefined> {
    let index = 0;
    for await (const entry of this.entries()) {
      if (entry.id === id) return this.#archived(entry, index);
      index += 1;
    }
    return undefined;
  }

  /** A document's text as it was read; spans of chunks are UTF-16 offsets in it. */
  text(document: PlannedDocument): Promise<string> {
    return this.#reader.documentText(document);
  }

  /** Every answered call of a chunk, also of earlier settings, sorted by call id and request. */
  async calls(chunk: string): Promise<CallRecord[]> {
    const calls = await this.#journal.readAll(chunk);
    return calls.sort((a, b) => compare(a.call.id, b.call.id) || compare(a.requestHash, b.requestHash));
  }

  /** Ids of all chunks that calls were made for, sorted; also such as are no longer in the manifest. */
  async calledChunks(): Promise<string[]> {
    const [folders, files] = await Promise.all([
      this.#store.folders(RUN_FILES.calls),
      this.#store.paths(RUN_FILES.calls),
    ]);
    const folded = files.filter((path) => path.endsWith(FOLDED));
    const names = folded.map((path) => path.slice(`${RUN_FILES.calls}/`.length, -FOLDED.length));
    return [...new Set([...folders, ...names])].sort(compare);
  }

  async #archived(entry: ManifestEntry, index: number): Promise<ArchivedChunk> {
    const chunk = await this.#reader.chunk(this.plan.fingerprint, entry.id);
    const record = await this.#reader.record(entry.id, entry.fingerprint);
    return { index, entry, chunk, document: findDocument(this.plan, chunk.document), ...(record && { record }) };
  }
}

const FOLDED = '.jsonl';

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
