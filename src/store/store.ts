/** A file as the store lists it. Times are the store's own, so that several machines can compare them. */
export interface StoredFile {
  path: string;
  /** Milliseconds since the epoch, by the store's clock. */
  modifiedAt: number;
  size: number;
}

/** A file in the making; nobody sees it before `close`. */
export interface StoreWriter {
  append(text: string): Promise<void>;
  /** Now the file is there, whole and on the disk. */
  close(): Promise<void>;
  /** As if it had never been begun. */
  discard(): Promise<void>;
}

/**
 * Where a run keeps everything: a folder, or anything that can hold named files.
 * Paths are relative, with `/`. A reader never sees half a file.
 */
export interface Store {
  /** For messages to people: where this is. */
  readonly location: string;
  /** The text, or `undefined` where there is no such file. */
  read(path: string): Promise<string | undefined>;
  /** The lines one by one, for files too large to hold; nothing where there is no such file. */
  readLines(path: string): AsyncIterable<string>;
  /** Whole or not at all, and on the disk when it returns. */
  write(path: string, content: string): Promise<void>;
  /** For a file too large to hold. */
  writer(path: string): Promise<StoreWriter>;
  /** Writes only if there is no such file yet; false if there was one. */
  create(path: string, content: string): Promise<boolean>;
  /** The files directly in a folder, sorted by path; empty where there is no such folder. */
  list(folder: string): Promise<StoredFile[]>;
  /** Their paths alone, which is cheaper. */
  paths(folder: string): Promise<string[]>;
  /** One file; `undefined` where there is none. */
  describe(path: string): Promise<StoredFile | undefined>;
  /** Names of the folders directly in a folder; empty where there is no such folder. */
  folders(folder: string): Promise<string[]>;
  exists(path: string): Promise<boolean>;
  /** No error where there is no such file. */
  remove(path: string): Promise<void>;
  /** Removes files in the making, anywhere in the store, that nobody has written to for so long: of writers that were killed. */
  sweep(olderThanMs: number): Promise<void>;
}
