import { readableJson } from './canonical.js';
import { readJsonFile } from './json-file.js';
import { RUN_FILES } from './run-files.js';
import type { Store } from './store.js';

/** Steering of a run, as last set by `run`, `start`, `pause` or `resume`; every worker reads it once a second. */
export interface Control {
  paused: boolean;
  /** Calls in flight at once, for each model queue, over all workers. */
  concurrencyLimit: number;
}

/** @throws UserError where the file is garbled */
export function readControl(store: Store): Promise<Control | undefined> {
  const remedy = 'remove it, and give `npx augmentoolkit run` again, which writes it anew';
  return readJsonFile(store, RUN_FILES.control, isControl, remedy);
}

function isControl(value: Partial<Control>): value is Control {
  return typeof value.paused === 'boolean' && typeof value.concurrencyLimit === 'number';
}

export async function writeControl(store: Store, control: Control): Promise<void> {
  await store.write(RUN_FILES.control, readableJson(control));
}
