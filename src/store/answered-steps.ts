import { sha256 } from './canonical.js';
import { RUN_FILES } from './run-files.js';
import type { Store } from './store.js';

const NAME_DIGITS = 16;

/**
 * Which steps have had an answer from which model, over the life of a run and all its workers. A file each, so that
 * workers need not agree on one.
 */
export class AnsweredSteps {
  readonly #store: Store;
  readonly #known: Set<string>;

  private constructor(store: Store, known: Set<string>) {
    this.#store = store;
    this.#known = known;
  }

  static async read(store: Store): Promise<AnsweredSteps> {
    return new AnsweredSteps(store, new Set(await store.paths(RUN_FILES.answeredSteps)));
  }

  has(step: string): boolean {
    return this.#known.has(pathOf(step));
  }

  add(step: string): void {
    const path = pathOf(step);
    if (this.#known.has(path)) return;
    this.#known.add(path);
    // Where it cannot be written, the next worker learns it anew.
    this.#store.write(path, `${step}\n`).catch(() => {});
  }
}

function pathOf(step: string): string {
  return `${RUN_FILES.answeredSteps}/${sha256(step).slice(0, NAME_DIGITS)}.txt`;
}
