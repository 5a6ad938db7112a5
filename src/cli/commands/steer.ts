import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { readControl, writeControl } from '../../store/control.js';
import { aggregateOnCancelSignal, pauseSignal, resumeSignal } from '../../workflows/messages.js';
import type { CommandContext, GlobalOptions } from '../command-context.js';
import { openContext, requireIdentity, targetOf, withClient } from '../command-context.js';
import { EXIT, type ExitCode, UsageError } from '../exit.js';

/** No new calls until resumed; those in flight end. Also holds for workers that start later. */
export function pause(options: GlobalOptions): Promise<ExitCode> {
  return setPaused(options, true);
}

export function resume(options: GlobalOptions): Promise<ExitCode> {
  return setPaused(options, false);
}

/** Stops a run for good; calls in flight end and are recorded. */
export async function cancel(options: GlobalOptions & { aggregate: boolean }): Promise<ExitCode> {
  await signalRoot(await openContext(options), async (client, run) => {
    const root = client.workflow.getHandle(run);
    if (options.aggregate) await root.signal(aggregateOnCancelSignal);
    await root.cancel();
  });
  const more = options.aggregate ? ' The dataset is written from what is complete.' : '';
  process.stdout.write(`The run is cancelled; what was answered stays in the journal.${more}\n`);
  return EXIT.done;
}

async function setPaused(options: GlobalOptions, paused: boolean): Promise<ExitCode> {
  const context = await openContext(options);
  const control = await readControl(context.store);
  const concurrencyLimit = control?.concurrencyLimit ?? context.loaded.settings.SYSTEM.CONCURRENCY_LIMIT;
  // The root first: where there is none, nothing is to be steered. The file is what the workers obey.
  await signalRoot(context, (client, run) =>
    client.workflow.getHandle(run).signal(paused ? pauseSignal : resumeSignal),
  );
  await writeControl(context.store, { concurrencyLimit, paused });
  process.stdout.write(
    paused ? 'Paused: no new calls start; `npx augmentoolkit resume` lets it go on.\n' : 'The run goes on.\n',
  );
  return EXIT.done;
}

async function signalRoot(
  context: CommandContext,
  send: (client: Client, run: string) => Promise<unknown>,
): Promise<void> {
  const identity = await requireIdentity(context);
  try {
    await withClient(targetOf(context, identity), (client) => send(client, identity.run));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    throw new UsageError(`The run ${identity.run} is not open; \`npx augmentoolkit run\` starts it again.`);
  }
}
