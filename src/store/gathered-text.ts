import type { FileHandle } from 'node:fs/promises';

/** In UTF-16 units. A write goes through the thread pool, which takes longer than the writing of a few lines. */
const WRITTEN_AT_ONCE = 500_000;

/** Gathers what is appended to an open file, and writes it in large pieces. */
export class GatheredText {
  readonly #file: FileHandle;
  #parts: string[] = [];
  #length = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async append(text: string): Promise<void> {
    this.#parts.push(text);
    this.#length += text.length;
    if (this.#length >= WRITTEN_AT_ONCE) await this.#flush();
  }

  /** All of it is on the disk when it returns; the file is closed in any case. */
  async close(): Promise<void> {
    try {
      await this.#flush();
      await this.#file.sync();
    } finally {
      await this.#file.close();
    }
  }

  async #flush(): Promise<void> {
    const text = this.#parts.join('');
    this.#parts = [];
    this.#length = 0;
    if (text !== '') await this.#file.appendFile(text, 'utf8');
  }
}
