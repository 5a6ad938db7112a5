import { LocalStore } from '../../src/store/local-store.js';
import type { Gate } from './gate.js';

/** A folder that tells what was written to it, and can hold up or refuse paths that begin in a certain way. */
export class ObservedStore extends LocalStore {
  /** Paths in the order in which they were written. */
  readonly written: string[] = [];
  readonly #gates = new Map<string, Gate>();
  readonly #refused = new Set<string>();

  hold(prefix: string, gate: Gate): void {
    this.#gates.set(prefix, gate);
  }

  refuse(prefix: string): void {
    this.#refused.add(prefix);
  }

  override async read(path: string): Promise<string | undefined> {
    this.#requireAllowed(path);
    return super.read(path);
  }

  override async write(path: string, content: string): Promise<void> {
    for (const [prefix, gate] of this.#gates) if (path.startsWith(prefix)) await gate.pass();
    this.#requireAllowed(path);
    await super.write(path, content);
    this.written.push(path);
  }

  #requireAllowed(path: string): void {
    for (const prefix of this.#refused) if (path.startsWith(prefix)) throw new Error(`EACCES: ${path}`);
  }
}
