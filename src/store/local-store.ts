import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, open, readdir, rm, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { absentIfMissing, find, hasCode, makeFolder, removedEmpty, renameOver } from './file-system.js';
import { GatheredText } from './gathered-text.js';
import { StoreGoneError } from './store-trouble.js';
import type { Store, StoredFile, StoreWriter } from './store.js';

/** A folder of 100,000 files must not hold up heartbeats. */
const LISTED_AT_ONCE = 1_000;
/** Only a folder that `remove` takes away again and again would need more. */
const OPEN_ATTEMPTS = 100;

/** What is left of a writer that was killed, or is in the making. */
const TEMPORARY = /\.[0-9a-f]{8}-[0-9a-f]{4}\.tmp$/;
/** Written to learn what time it is at the disk. */
const CLOCK = 'state/clock';

export interface LocalStoreOptions {
  /** A file that the folder must hold. Where it is missing the folder is gone, and everything fails with `StoreGoneError`. */
  marker?: string;
}

/** A folder as the store. Writing creates it, but where it must hold a marker. */
export class LocalStore implements Store {
  readonly location: string;
  readonly #marker: string | undefined;

  constructor(folder: string, { marker }: LocalStoreOptions = {}) {
    this.location = resolve(folder);
    this.#marker = marker;
  }

  /** Not by the thread pool, where a small file takes 170 µs of the processor instead of 20, and a missing one 110 instead of 5. */
  async read(path: string): Promise<string | undefined> {
    return this.#absentIfMissing(async () => find(this.#at(path)) && readFileSync(this.#at(path), 'utf8'));
  }

  async *readLines(path: string): AsyncIterable<string> {
    const file = await this.#absentIfMissing(() => open(this.#at(path)));
    if (file === undefined) return;
    let rest = '';
    // Not by `readline`: from Node 22.15 on it also splits at U+2028, which JSON leaves as it is inside a string.
    for await (const text of file.createReadStream({ encoding: 'utf8' }) as AsyncIterable<string>) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      yield* lines.filter((line) => line !== '');
    }
    if (rest !== '') yield rest;
  }

  async write(path: string, content: string): Promise<void> {
    const writer = await this.writer(path);
    try {
      await writer.append(content);
    } catch (error) {
      await writer.discard();
      throw error;
    }
    await writer.close();
  }

  async writer(path: string): Promise<StoreWriter> {
    const { file, temporary } = await this.#openTemporary(path);
    const gathered = new GatheredText(file);
    const discard = async () => {
      await file.close();
      await rm(temporary, { force: true });
    };
    const close = async () => {
      try {
        await gathered.close();
        this.#requireMarker();
        // Windows renames no file that is open.
        await renameOver(temporary, this.#at(path));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    };
    return { append: (text) => gathered.append(text), close, discard };
  }

  async create(path: string, content: string): Promise<boolean> {
    const { file, temporary } = await this.#openTemporary(path);
    try {
      await file.appendFile(content, 'utf8');
      await file.sync();
      this.#requireMarker();
      await link(temporary, this.#at(path));
      return true;
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      throw error;
    } finally {
      await file.close();
      await rm(temporary, { force: true });
    }
  }

  async list(folder: string): Promise<StoredFile[]> {
    const files: StoredFile[] = [];
    for (const [index, path] of (await this.paths(folder)).entries()) {
      if (index % LISTED_AT_ONCE === LISTED_AT_ONCE - 1) await new Promise((done) => setImmediate(done));
      const file = this.#describe(path);
      if (file !== undefined) files.push(file);
    }
    return files;
  }

  async paths(folder: string): Promise<string[]> {
    const entries = (await this.#absentIfMissing(() => readdir(this.#at(folder), { withFileTypes: true }))) ?? [];
    const files = entries.filter((entry) => entry.isFile() && !TEMPORARY.test(entry.name));
    return files.map(({ name }) => (folder === '' ? name : `${folder}/${name}`)).sort();
  }

  async describe(path: string): Promise<StoredFile | undefined> {
    return this.#absentIfMissing(async () => this.#describe(path));
  }

  async folders(folder: string): Promise<string[]> {
    const names = (await this.#absentIfMissing(() => readdir(this.#at(folder), { withFileTypes: true }))) ?? [];
    return names.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  }

  async exists(path: string): Promise<boolean> {
    return (await this.describe(path)) !== undefined;
  }

  /** Folders that become empty go too, so that a finished run is not littered with them. */
  async remove(path: string): Promise<void> {
    await this.#absentIfMissing(async () => {
      await unlink(this.#at(path));
      return true;
    });
    let folder = dirname(this.#at(path));
    while (folder !== this.location && removedEmpty(folder)) folder = dirname(folder);
  }

  async sweep(olderThanMs: number): Promise<void> {
    const before = (await this.#now()) - olderThanMs;
    for await (const path of this.#leftovers('')) {
      const left = this.#describe(path);
      if (left !== undefined && left.modifiedAt < before) await this.remove(path);
    }
  }

  /** By the clock of the disk, which may be another machine's. */
  async #now(): Promise<number> {
    await (await this.writer(CLOCK)).close();
    const written = this.#describe(CLOCK);
    await this.remove(CLOCK);
    return written?.modifiedAt ?? -Infinity;
  }

  /** Files in the making, in all folders. */
  async *#leftovers(folder: string): AsyncIterable<string> {
    const entries = (await this.#absentIfMissing(() => readdir(this.#at(folder), { withFileTypes: true }))) ?? [];
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) yield* this.#leftovers(path);
      else if (TEMPORARY.test(entry.name)) yield path;
    }
  }

  #at(path: string): string {
    return join(this.location, path);
  }

  #describe(path: string): StoredFile | undefined {
    const found = find(this.#at(path));
    return found && { path, modifiedAt: found.mtimeMs, size: found.size };
  }

  async #openTemporary(path: string): Promise<{ file: FileHandle; temporary: string }> {
    // Not a count or the process id: those come again in a container that is started anew, or on another machine.
    const temporary = `${this.#at(path)}.${randomUUID().slice(0, 13)}.tmp`;
    return { file: await this.#openNew(temporary), temporary };
  }

  /**
   * Mostly the folder is there. `remove` of another file may take it away between its making and the opening: then once
   * more.
   */
  async #openNew(path: string): Promise<FileHandle> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await open(path, 'wx');
      } catch (error) {
        if (!hasCode(error, 'ENOENT') || attempt === OPEN_ATTEMPTS) throw error;
        this.#requireMarker();
        await makeFolder(dirname(path), this.#marker === undefined ? undefined : this.location);
      }
    }
  }

  /** What is missing in a folder that is gone is not absent. Looked at again, for the folder may just have come back. */
  async #absentIfMissing<T>(action: () => Promise<T | undefined>): Promise<T | undefined> {
    const found = await absentIfMissing(action);
    if (found !== undefined || this.#marker === undefined) return found;
    this.#requireMarker();
    return absentIfMissing(action);
  }

  #requireMarker(): void {
    const marker = this.#marker;
    if (marker === undefined || find(this.#at(marker)) !== undefined) return;
    throw new StoreGoneError(
      `${this.location} holds no run any more (${marker} is not there): put the folder back, or mount its disk again`,
    );
  }
}
