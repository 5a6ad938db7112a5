import type { CallRecord, ModelRequest } from '../records.js';
import { hashOf, readableJson } from './canonical.js';
import { RUN_FILES } from './run-files.js';
import type { SingleFlight } from './single-flight.js';
import type { Store } from './store.js';

export interface CallName {
  chunk: string;
  step: string;
  id: string;
}

/** How long an answer waits before it is tried again to write it. */
const WRITE_AGAIN_MS = 5_000;

/** SHA-256 over the canonical request and the call's name. The name keeps two votes with the same text apart. */
export function journalKey(request: ModelRequest, call: CallName): string {
  return hashOf({ kind: 'chat', model: request.model, sampling: request.sampling, messages: request.messages, call });
}

/** The single-flight key of folding a chunk's records, as it stands in a lease. */
export function foldKey(chunk: string): string {
  return `fold/${chunk}`;
}

export interface JournalOptions {
  store: Store;
  /** Folding runs under the same single flight as the calls, with the key `fold/<chunk>`. */
  flights: SingleFlight;
  /** Told of every record that cannot be used, and of every answer that cannot be written yet. */
  onProblem: (message: string) => void;
}

/**
 * Every answered model call, so that nothing is paid twice: one loose file a call while its chunk is open,
 * folded into one file a chunk when it ends. A record that is cut off or altered counts as absent.
 */
export class Journal {
  readonly #store: Store;
  readonly #flights: SingleFlight;
  readonly #onProblem: JournalOptions['onProblem'];
  /** Paths of unusable records that were told of: a call that waits looks for its record again and again. */
  readonly #reported = new Set<string>();

  constructor({ store, flights, onProblem }: JournalOptions) {
    this.#store = store;
    this.#flights = flights;
    this.#onProblem = onProblem;
  }

  async find(call: CallName, key: string): Promise<CallRecord | undefined> {
    const path = RUN_FILES.looseCall(call.chunk, call.id, key);
    const loose = await this.#store.read(path);
    const record = loose === undefined ? undefined : this.#parse(loose, path);
    if (record?.requestHash === key) return record;
    return this.#findFolded(call.chunk, key);
  }

  /** Returns once the record is on the disk. The answer is paid for, so a full disk makes it wait, never lose it. */
  async write(record: CallRecord): Promise<void> {
    const { chunk, id } = record.call;
    for (;;) {
      try {
        return await this.#store.write(RUN_FILES.looseCall(chunk, id, record.requestHash), readableJson(record));
      } catch (error) {
        this.#onProblem(
          `An answer cannot be written to ${this.#store.location} and waits: ${(error as Error).message}`,
        );
        await new Promise((done) => setTimeout(done, WRITE_AGAIN_MS));
      }
    }
  }

  /** All usable records of a chunk, loose and folded, each once. */
  async readAll(chunk: string): Promise<CallRecord[]> {
    const { records } = await this.#readLoose(chunk);
    return [...(await this.#union(chunk, records)).values()];
  }

  /**
   * Brings a chunk's loose records into its one file, keeping older requests of the same call. A crash in between,
   * or an answer that comes late, is folded the next time.
   */
  fold(chunk: string): Promise<void> {
    return this.#flights.run(foldKey(chunk), async () => {
      const loose = await this.#readLoose(chunk);
      if (loose.paths.length === 0) return;
      const union = await this.#union(chunk, loose.records);
      const lines = [...union.values()].sort(byCall).map((record) => `${JSON.stringify(record)}\n`);
      await this.#store.write(RUN_FILES.foldedCalls(chunk), lines.join(''));
      for (const path of loose.paths) await this.#store.remove(path);
    });
  }

  async #findFolded(chunk: string, key: string): Promise<CallRecord | undefined> {
    const path = RUN_FILES.foldedCalls(chunk);
    for await (const line of this.#store.readLines(path)) {
      if (!line.includes(key)) continue;
      const record = this.#parse(line, path);
      if (record?.requestHash === key) return record;
    }
    return undefined;
  }

  async #readLoose(chunk: string): Promise<{ paths: string[]; records: CallRecord[] }> {
    const files = await this.#store.list(RUN_FILES.looseCalls(chunk));
    const paths = files.map((file) => file.path);
    const texts = await Promise.all(paths.map((path) => this.#store.read(path)));
    const records = texts.map((text, index) =>
      text === undefined ? undefined : this.#parse(text, paths[index] ?? ''),
    );
    return { paths, records: records.filter((record) => record !== undefined) };
  }

  async #union(chunk: string, loose: CallRecord[]): Promise<Map<string, CallRecord>> {
    const byKey = new Map<string, CallRecord>();
    const path = RUN_FILES.foldedCalls(chunk);
    for await (const line of this.#store.readLines(path)) {
      const record = this.#parse(line, path);
      if (record !== undefined) byKey.set(record.requestHash, record);
    }
    for (const record of loose) byKey.set(record.requestHash, record);
    return byKey;
  }

  #parse(text: string, path: string): CallRecord | undefined {
    try {
      const record = JSON.parse(text) as CallRecord;
      if (journalKey(record.request, record.call) === record.requestHash) return record;
      this.#reportOnce(path, 'a record whose request does not match its hash');
    } catch {
      this.#reportOnce(path, 'something that is not a whole record');
    }
    return undefined;
  }

  #reportOnce(path: string, what: string): void {
    if (!this.#reported.has(path)) this.#onProblem(`${path} holds ${what}; it counts as absent`);
    this.#reported.add(path);
  }
}

function byCall(a: CallRecord, b: CallRecord): number {
  const [left, right] = [`${a.call.id} ${a.requestHash}`, `${b.call.id} ${b.requestHash}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
