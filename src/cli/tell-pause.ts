import type { Client } from '@temporalio/client';
import { readControl } from '../store/control.js';
import type { Store } from '../store/store.js';
import { pauseSignal, resumeSignal } from '../workflows/messages.js';

/**
 * Tells a run's root what control.json says: whether it may begin new chunks. Whoever tells looks again afterwards, so
 * that the root ends up with what was written last, however many commands and workers tell it at the same time.
 *
 * @throws WorkflowNotFoundError where the run is not open
 */
export async function tellPause(store: Store, client: Client, run: string): Promise<void> {
  let told: boolean | undefined;
  for (let paused = await isPaused(store); paused !== told; paused = await isPaused(store)) {
    await client.workflow.getHandle(run).signal(paused ? pauseSignal : resumeSignal);
    told = paused;
  }
}

export async function isPaused(store: Store): Promise<boolean> {
  return (await readControl(store))?.paused ?? false;
}
