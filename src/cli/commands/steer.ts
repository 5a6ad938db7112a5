import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { readControl, writeControl } from '../../store/control.js';
import { resumeSignal } from '../../workflows/messages.js';
import type { CommandContext, GlobalOptions } from '../command-context.js';
import { openContext, requireIdentity, targetOf, withClient } from '../command-context.js';
import { EXIT, type ExitCode, UsageError } from '../exit.js';
import { isPaused, tellPause } from '../tell-pause.js';
import { isConnectionTrouble } from '../watch-run.js';

/** No new calls until resumed; those in flight end. Also holds for workers that start later. */
export async function pause(options: GlobalOptions): Promise<ExitCode> {
  const context = await openContext(options);
  await requireIdentity(context);
  const before = await isPaused(context.store);
  // The file first: workers obey it, whether or not the server answers. The root, which begins new chunks, comes second.
  await writePaused(context, true);
  try {
    await withRoot(context, (client, run) => tellPause(context.store, client, run));
  } catch (error) {
    if (error instanceof UsageError) await writePaused(context, before);
    if (!isConnectionTrouble(error)) throw error;
    process.stderr.write(
      `${describe(error)}\nThe pause holds all the same: the workers read it in the output folder.\n`,
    );
  }
  process.stdout.write('Paused: no new calls start; `npx augmentoolkit resume` lets it go on.\n');
  return EXIT.done;
}

/** Takes back a pause, also that of a run which is not open and would be started paused. */
export async function resume(options: GlobalOptions): Promise<ExitCode> {
  const context = await openContext(options);
  await requireIdentity(context);
  const { store } = context;
  try {
    await withRoot(context, async (client, run) => {
      // The root first: one that waits while calls may start would begin no chunk, and nobody would know why.
      await client.workflow.getHandle(run).signal(resumeSignal);
      await writePaused(context, false);
      await tellPause(store, client, run);
    });
  } catch (error) {
    if (isConnectionTrouble(error) && (await isPaused(store)))
      throw new UsageError(`${describe(error)}\nThe run stays paused: give this command again when the server answers`);
    if (!(error instanceof UsageError) || !(await isPaused(store))) throw error;
    await writePaused(context, false);
    process.stdout.write(`${error.message} It is no longer paused.\n`);
    return EXIT.done;
  }
  process.stdout.write('The run goes on.\n');
  return EXIT.done;
}

async function writePaused({ store, loaded }: CommandContext, paused: boolean): Promise<void> {
  const control = await readControl(store);
  const concurrencyLimit = control?.concurrencyLimit ?? loaded.settings.SYSTEM.CONCURRENCY_LIMIT;
  await writeControl(store, { concurrencyLimit, paused });
}

/** Does something with the run's root, if it is open. */
export async function withRoot<Result>(
  context: CommandContext,
  work: (client: Client, run: string) => Promise<Result>,
): Promise<Result> {
  const identity = await requireIdentity(context);
  const { run } = identity;
  const notOpen = () => new UsageError(`The run ${run} is not open; \`npx augmentoolkit run\` starts it again.`);
  try {
    return await withClient(targetOf(context, identity), async (client) => {
      // The server takes a cancellation of an ended run for a success.
      const { status } = await client.workflow.getHandle(run).describe();
      if (status.name !== 'RUNNING') throw notOpen();
      return work(client, run);
    });
  } catch (error) {
    throw error instanceof WorkflowNotFoundError ? notOpen() : error;
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
