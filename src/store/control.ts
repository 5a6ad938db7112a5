import { readableJson } from './canonical.js';
import { RUN_FILES } from './run-files.js';
import type { Store } from './store.js';

/** Steering of a run, as last set by `run`, `start`, `pause` or `resume`; every worker reads it once a second. */
export interface Control {
  paused: boolean;
  /** Calls in flight at once, for each model queue, over all workers. */
  concurrencyLimit: number;
}

export async function readControl(store: Store): Promise<Control | undefined> {
  const text = await store.read(RUN_FILES.control);
  return text === undefined ? undefined : (JSON.parse(text) as Control);
}

export async function writeControl(store: Store, control: Control): Promise<void> {
  await store.write(RUN_FILES.control, readableJson(control));
}
