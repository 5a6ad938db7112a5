import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { describeOverBudget } from '../../llm/budget.js';
import { formatMoney } from '../../llm/pricing.js';
import { type Control, limitsOf, readControl, writeControl } from '../../store/control.js';
import { resumeSignal } from '../../workflows/messages.js';
import type { Store } from '../../store/store.js';
import type { CommandContext, GlobalOptions } from '../command-context.js';
import { openContext, requireIdentity, targetOf, withClient } from '../command-context.js';
import { EXIT, type ExitCode, UsageError } from '../exit.js';
import { readPaid } from '../read-paid.js';
import { isPaused, tellPause } from '../tell-pause.js';
import { isConnectionTrouble } from '../watch-run.js';
import { print, remark } from '../print.js';

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
    remark(`${describe(error)}\nThe pause holds all the same: the workers read it in the output folder.`);
  }
  print('Paused: no new calls start; `npx augmentoolkit resume` lets it go on.');
  return EXIT.done;
}

export interface ResumeOptions extends GlobalOptions {
  /** Money that may be spent from now on, over the life of the folder; 0: no limit. */
  maxCost?: number;
}

/** Takes back a pause, also that of a run which is not open and would be started paused; and may raise the budget. */
export async function resume({ maxCost, ...options }: ResumeOptions): Promise<ExitCode> {
  // As a setting it needs the same prices as in the file.
  const budget = maxCost === undefined ? [] : [`LIMITS.MAX_COST=${maxCost}`];
  const context = await openContext({ ...options, set: [...options.set, ...budget] });
  await requireIdentity(context);
  const { store } = context;
  try {
    await withRoot(context, async (client, run) => {
      // The root first: one that waits while calls may start would begin no chunk, and nobody would know why.
      await client.workflow.getHandle(run).signal(resumeSignal);
      await writePaused(context, false, maxCost === undefined ? {} : budgetOf(context));
      await tellPause(store, client, run);
    });
  } catch (error) {
    if (isConnectionTrouble(error) && (await isPaused(store)))
      throw new UsageError(`${describe(error)}\nThe run stays paused: give this command again when the server answers`);
    if (!(error instanceof UsageError) || !(await isPaused(store)))
      throw maxCost === undefined ? error : noBudget(error);
    await writePaused(context, false);
    print(`${maxCost === undefined ? error.message : withoutBudget(error)} It is no longer paused.`);
    return EXIT.done;
  }
  print(await describeResumed(store, maxCost));
  return EXIT.done;
}

/** Whoever starts a run sets its budget, so that one given before would mean nothing. */
function noBudget(error: unknown): unknown {
  if (!(error instanceof UsageError)) return error;
  return new UsageError(withoutBudget(error));
}

function withoutBudget(error: UsageError): string {
  return `${error.message} It then has the LIMITS.MAX_COST of the settings.`;
}

type BudgetTerms = Pick<Control, 'maxCost' | 'prices'>;

function budgetOf({ loaded }: CommandContext): BudgetTerms {
  const { maxCost, prices } = limitsOf(loaded.settings);
  return { maxCost, prices };
}

async function describeResumed(store: Store, given: number | undefined): Promise<string> {
  const { paid, maxCost } = await readPaid(store);
  const stop = describeOverBudget(paid.cost, maxCost);
  if (stop !== undefined) return `${stop}.`;
  if (given === undefined) return 'The run goes on.';
  const spent = `${formatMoney(paid.cost ?? 0)} is spent so far`;
  const limit = given === 0 ? 'without a limit on money' : `until ${formatMoney(given)} is spent`;
  return `The run goes on ${limit}; ${spent}. The next \`run\` or \`start\` takes LIMITS.MAX_COST from the settings again.`;
}

async function writePaused(
  { store, loaded }: CommandContext,
  paused: boolean,
  budget: BudgetTerms = {},
): Promise<void> {
  const control = (await readControl(store)) ?? limitsOf(loaded.settings);
  await writeControl(store, { ...control, ...budget, paused });
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
