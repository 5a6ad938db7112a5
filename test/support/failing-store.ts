import { LocalStore } from '../../src/store/local-store.js';
import type { StoredFile, StoreWriter } from '../../src/store/store.js';

/** A folder that fails from its `failFrom`th operation on, as if the process were killed or the disk full there. */
export class FailingStore extends LocalStore {
  operations = 0;
  readonly #failFrom: number;
  readonly #error: Error;

  constructor(folder: string, failFrom: number, error: Error) {
    super(folder);
    this.#failFrom = failFrom;
    this.#error = error;
  }

  override async read(path: string): Promise<string | undefined> {
    this.#pass();
    return super.read(path);
  }

  override async *readLines(path: string): AsyncIterable<string> {
    this.#pass();
    for await (const line of super.readLines(path)) {
      yield line;
      this.#pass();
    }
  }

  override async write(path: string, content: string): Promise<void> {
    this.#pass();
    const writer = await super.writer(path);
    try {
      this.#pass();
      await writer.append(content);
      this.#pass();
    } catch (error) {
      await writer.discard();
      throw error;
    }
    await writer.close();
    this.#pass();
  }

  override async writer(path: string): Promise<StoreWriter> {
    this.#pass();
    const writer = await super.writer(path);
    return {
      append: async (text) => {
        this.#pass();
        await writer.append(text);
      },
      close: async () => {
        try {
          this.#pass();
        } catch (error) {
          await writer.discard();
          throw error;
        }
        await writer.close();
      },
      discard: () => writer.discard(),
    };
  }

  override async list(folder: string): Promise<StoredFile[]> {
    this.#pass();
    return super.list(folder);
  }

  override async exists(path: string): Promise<boolean> {
    this.#pass();
    return super.exists(path);
  }

  override async remove(path: string): Promise<void> {
    this.#pass();
    await super.remove(path);
    this.#pass();
  }

  #pass(): void {
    this.operations += 1;
    if (this.operations >= this.#failFrom) throw this.#error;
  }
}
