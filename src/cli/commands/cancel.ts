import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { readLiveWorkers } from '../../store/leases.js';
import type { Store } from '../../store/store.js';
import type { generateDataset } from '../../workflows/generate-dataset.js';
import { aggregateOnCancelSignal } from '../../workflows/messages.js';
import { type GlobalOptions, openContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit.js';
import { withRoot } from './steer.js';
import { print } from '../print.js';

export interface CancelOptions extends GlobalOptions {
  /** Write the dataset from what is complete. */
  aggregate: boolean;
}

/** Most runs have ended by then; a large dataset takes longer to write. */
const WAIT_FOR_END_MS = 10_000;
const LOOK_INTERVAL_MS = 200;

/** Stops a run for good; calls in flight end and are recorded. Says what became of it, or what it waits for. */
export async function cancel(options: CancelOptions): Promise<ExitCode> {
  const { store, ...context } = await openContext(options);
  const message = await withRoot({ store, ...context }, async (client, run) => {
    const root = client.workflow.getHandle<typeof generateDataset>(run);
    if (options.aggregate) await root.signal(aggregateOnCancelSignal);
    await root.cancel();
    return (await describeEnd(root)) ?? describePending(store, options);
  });
  print(message);
  return EXIT.done;
}

/** What became of the run; nothing while it is still open. */
async function describeEnd(root: WorkflowHandle<typeof generateDataset>): Promise<string | undefined> {
  const deadline = Date.now() + WAIT_FOR_END_MS;
  for (;;) {
    const { status } = await root.describe();
    if (status.name === 'COMPLETED') {
      if ((await root.result()).end === 'complete') return 'The run had come to its end: the dataset is complete.';
      return 'The run is cancelled, and the dataset written from what is complete; `npx augmentoolkit run` does the rest.';
    }
    if (status.name !== 'RUNNING')
      return 'The run is cancelled; what was answered stays in the journal, and `npx augmentoolkit run` goes on from there.';
    if (Date.now() > deadline) return undefined;
    await sleep(LOOK_INTERVAL_MS);
  }
}

async function describePending(store: Store, { aggregate }: CancelOptions): Promise<string> {
  const then = aggregate ? ', and the dataset written from what is complete' : '';
  if ((await readLiveWorkers(store)).length > 0) {
    return `The run is being cancelled${then}; \`npx augmentoolkit status\` shows how far it is.`;
  }
  return `The run will be cancelled${then}, as soon as a worker is at work: \`npx augmentoolkit worker\` starts one.`;
}
