import { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createChangeLog } from './llm/describe-change.js';
import type { LimiterState } from './limiter-state.js';
import type { ModelRole } from './steps/step.js';
import type { RunIdentity } from './store/identity.js';
import { createTeller } from './temporal/teller.js';
import type { AttentionChange } from './workflows/messages.js';
import { attentionSignal } from './workflows/messages.js';

/** What a worker tells its run's root, for the Web UI. */

/** A root takes 10,000 signals in all: weeks of a fault that comes and goes all the time. */
const TELL_INTERVAL_MS = 300_000;
/** What the root is told of: what keeps calls from being made until a person acts. The budget is told for all models at once. */
const TOLD: readonly unknown[] = ['blocked', 'output unusable'];

export interface ToldRoot {
  connection: NativeConnection;
  namespace: string;
  identity: RunIdentity;
  logger: Logger;
}

/** Writes every change to the log, and tells the run's root of those that matter alone, now and then: it takes only so many signals. */
export function createModelReporter(root: ToldRoot, role: ModelRole): (state: LimiterState) => void {
  const tell = createTeller(TELL_INTERVAL_MS, (message) =>
    tellRoot(root, { source: `${role} model`, ...(message !== undefined && { message }) }),
  );
  const describeChange = createChangeLog();
  return (state) => {
    const { closed } = state;
    for (const { level, text } of describeChange(state)) root.logger[level](`${role} model: ${text}`);
    tell(TOLD.includes(closed?.reason) ? `${closed?.reason}: ${closed?.message}` : undefined);
  };
}

/** All workers tell the same, for they have one budget. It changes by a person's hand alone, so that signals stay few. */
export function tellBudget(root: ToldRoot, message: string | undefined): Promise<void> {
  return tellRoot(root, { source: 'budget', ...(message !== undefined && { message }) });
}

/** A root that cannot be told is no reason to stop. */
export async function tellRoot(
  { connection, namespace, identity, logger }: ToldRoot,
  change: AttentionChange,
): Promise<void> {
  try {
    await new Client({ connection, namespace }).workflow.getHandle(identity.run).signal(attentionSignal, change);
  } catch (error) {
    logger.warn(`the run could not be told: ${(error as Error).message}`);
  }
}
