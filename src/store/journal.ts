import type { CallRecord, ModelRequest } from '../call-record.js';
import { hashOf } from './canonical.js';
import { RUN_FILES } from './run-files.js';
import { openSealed, sealFile, sealLine } from './sealed.js';
import type { SingleFlight } from './single-flight.js';
import type { Store } from './store.js';
import { describeStoreTrouble } from './store-trouble.js';

export interface CallName {
  chunk: string;
  step: string;
  id: string;
}

/** So long an answer waits before it is tried again to write it. */
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
  /** Paths of damaged records that were told of: a call that waits looks for its record again and again. */
  readonly #reported = new Set<string>();
  /** Folded files that were looked through for damage. */
  readonly #examined = new Set<string>();
  /** Answers that cannot be written yet, and why the last one could not. */
  #waiting = 0;
  #trouble = '';

  constructor({ store, flights, onProblem }: JournalOptions) {
    this.#store = store;
    this.#flights = flights;
    this.#onProblem = onProblem;
  }

  /** Why answers wait to be written, and what to do about it; `undefined` while none does. */
  get trouble(): string | undefined {
    return this.#waiting === 0 ? undefined : this.#trouble;
  }

  async find(call: CallName, key: string): Promise<CallRecord | undefined> {
    const path = RUN_FILES.looseCall(call.chunk, call.id, key);
    const loose = await this.#store.read(path);
    const record = loose === undefined ? undefined : this.#open(loose, path);
    if (record?.requestHash === key) return record;
    return this.#findFolded(call.chunk, key);
  }

  /**
   * Returns once the record is on the disk. The answer is paid for, so a full disk, or a folder that is gone for a
   * while, makes it wait, never lose it.
   */
  async write(record: CallRecord): Promise<void> {
    const path = RUN_FILES.looseCall(record.call.chunk, record.call.id, record.requestHash);
    const content = sealFile(record);
    if (await this.#canWrite(path, content)) return;
    this.#waiting += 1;
    do await new Promise((done) => setTimeout(done, WRITE_AGAIN_MS));
    while (!(await this.#canWrite(path, content)));
    this.#waiting -= 1;
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
      if (loose.records.length === 0) return;
      const union = await this.#union(chunk, loose.records);
      const lines = [...union.values()].sort(byCall).map((record) => `${sealLine(record)}\n`);
      await this.#store.write(RUN_FILES.foldedCalls(chunk), lines.join(''));
      for (const path of loose.paths) await this.#store.remove(path);
    });
  }

  async #canWrite(path: string, content: string): Promise<boolean> {
    try {
      await this.#store.write(path, content);
      return true;
    } catch (error) {
      const { location } = this.#store;
      this.#trouble = describeStoreTrouble(error, location) ?? `${location}: ${(error as Error).message}`;
      this.#onProblem(`An answer cannot be written and waits: ${this.#trouble}`);
      return false;
    }
  }

  async #findFolded(chunk: string, key: string): Promise<CallRecord | undefined> {
    const path = RUN_FILES.foldedCalls(chunk);
    if (!(await this.#store.exists(path))) return undefined;
    for await (const line of this.#store.readLines(path)) {
      if (!line.includes(key)) continue;
      const record = this.#open(line, path);
      if (record?.requestHash === key) return record;
    }
    await this.#examine(path);
    return undefined;
  }

  /** A call whose record is not there is made: if that is because of damage anywhere in the file, it must be said. */
  async #examine(path: string): Promise<void> {
    if (this.#examined.has(path)) return;
    this.#examined.add(path);
    let lines = 0;
    for await (const line of this.#store.readLines(path)) {
      this.#open(line, path);
      lines += 1;
    }
    if (lines === 0) this.#reportOnce(path);
  }

  /** The usable records, and where they lie. A damaged file stays: the call may be writing it anew just now. */
  async #readLoose(chunk: string): Promise<{ paths: string[]; records: CallRecord[] }> {
    const files = await this.#store.list(RUN_FILES.looseCalls(chunk));
    const found = await Promise.all(
      files.map(async ({ path }) => {
        const text = await this.#store.read(path);
        const record = text === undefined ? undefined : this.#open(text, path);
        return record === undefined ? [] : [{ path, record }];
      }),
    );
    return { paths: found.flat().map(({ path }) => path), records: found.flat().map(({ record }) => record) };
  }

  async #union(chunk: string, loose: CallRecord[]): Promise<Map<string, CallRecord>> {
    const byKey = new Map<string, CallRecord>();
    const path = RUN_FILES.foldedCalls(chunk);
    for await (const line of this.#store.readLines(path)) {
      const record = this.#open(line, path);
      if (record !== undefined) byKey.set(record.requestHash, record);
    }
    for (const record of loose) byKey.set(record.requestHash, record);
    return byKey;
  }

  #open(text: string, path: string): CallRecord | undefined {
    const record = openSealed(text) as CallRecord | undefined;
    if (record === undefined) this.#reportOnce(path);
    return record;
  }

  #reportOnce(path: string): void {
    if (this.#reported.has(path)) return;
    this.#reported.add(path);
    this.#onProblem(
      `${path} is damaged: what cannot be read of it counts as absent, and such a call is made again where it is needed`,
    );
  }
}

function byCall(a: CallRecord, b: CallRecord): number {
  const [left, right] = [`${a.call.id} ${a.requestHash}`, `${b.call.id} ${b.requestHash}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
