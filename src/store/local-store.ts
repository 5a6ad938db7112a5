import { randomUUID } from 'node:crypto';
import { link, open, readdir, readFile, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { absentIfMissing, hasCode, makeFolder, removedEmpty, renameOver, syncAndClose } from './file-system.js';
import { StoreGoneError } from './store-trouble.js';
import type { Store, StoredFile, StoreWriter } from './store.js';

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

  async read(path: string): Promise<string | undefined> {
    return this.#absentIfMissing(() => readFile(this.#at(path), 'utf8'));
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
    const discard = async () => {
      await file.close();
      await rm(temporary, { force: true });
    };
    const close = async () => {
      try {
        await syncAndClose(file);
        await this.#requireMarker();
        // Windows renames no file that is open.
        await renameOver(temporary, this.#at(path));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    };
    return { append: (text) => file.appendFile(text, 'utf8'), close, discard };
  }

  async create(path: string, content: string): Promise<boolean> {
    const { file, temporary } = await this.#openTemporary(path);
    try {
      await file.appendFile(content, 'utf8');
      await file.sync();
      await this.#requireMarker();
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
    const names = (await this.#absentIfMissing(() => readdir(this.#at(folder), { withFileTypes: true }))) ?? [];
    const files = names.filter((entry) => entry.isFile() && !TEMPORARY.test(entry.name));
    const found = await Promise.all(
      files.map((entry) => this.#describe(folder === '' ? entry.name : `${folder}/${entry.name}`)),
    );
    return found.filter((file) => file !== undefined).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async exists(path: string): Promise<boolean> {
    return (await this.#describe(path)) !== undefined;
  }

  /** Folders that become empty go too, so that a finished run is not littered with them. */
  async remove(path: string): Promise<void> {
    await this.#absentIfMissing(async () => {
      await rm(this.#at(path));
      return true;
    });
    let folder = dirname(this.#at(path));
    while (folder !== this.location && (await removedEmpty(folder))) folder = dirname(folder);
  }

  async sweep(olderThanMs: number): Promise<void> {
    const before = (await this.#now()) - olderThanMs;
    for await (const path of this.#leftovers('')) {
      const left = await this.#describe(path);
      if (left !== undefined && left.modifiedAt < before) await this.remove(path);
    }
  }

  /** By the clock of the disk, which may be another machine's. */
  async #now(): Promise<number> {
    await (await this.writer(CLOCK)).close();
    const written = await this.#describe(CLOCK);
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

  async #describe(path: string): Promise<StoredFile | undefined> {
    const found = await this.#absentIfMissing(() => stat(this.#at(path)));
    return found && { path, modifiedAt: found.mtimeMs, size: found.size };
  }

  async #openTemporary(path: string): Promise<{ file: FileHandle; temporary: string }> {
    // Not a count or the process id: those come again in a container that is started anew, or on another machine.
    const temporary = `${this.#at(path)}.${randomUUID().slice(0, 13)}.tmp`;
    return { file: await this.#openNew(temporary), temporary };
  }

  /** `remove` of another file may take the folder away between its making and the opening: then once more. */
  async #openNew(path: string): Promise<FileHandle> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#requireMarker();
        await makeFolder(dirname(path), this.#marker === undefined ? undefined : this.location);
        return await open(path, 'wx');
      } catch (error) {
        if (!hasCode(error, 'ENOENT') || attempt === OPEN_ATTEMPTS) throw error;
      }
    }
  }

  /** What is missing in a folder that is gone is not absent. Looked at again, for the folder may just have come back. */
  async #absentIfMissing<T>(action: () => Promise<T>): Promise<T | undefined> {
    const found = await absentIfMissing(action);
    if (found !== undefined || this.#marker === undefined) return found;
    await this.#requireMarker();
    return absentIfMissing(action);
  }

  async #requireMarker(): Promise<void> {
    const marker = this.#marker;
    if (marker === undefined || (await absentIfMissing(() => stat(this.#at(marker)))) !== undefined) return;
    throw new StoreGoneError(
      `${this.location} holds no run any more (${marker} is not there): put the folder back, or mount its disk again`,
    );
  }
}
