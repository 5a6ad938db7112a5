import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Connection } from '@temporalio/client';
import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import type { TemporalTarget } from '../config/temporal-target.js';
import { describeChanges, readPlan, RETRY_CHANGE } from '../planning/run-plan.js';
import { readIdentity, type RunIdentity } from '../store/identity.js';
import type { Store } from '../store/store.js';
import type { BuildInfo } from '../temporal/build-info.js';
import { connectClient } from '../temporal/connection.js';
import { TemporalError } from '../temporal/temporal-error.js';
import type { ProgressView } from './progress/progress-view.js';
import { runPage } from './command-context.js';
import type { RunState, RunStatus } from './run-status.js';
import { createLedger } from './read-paid.js';
import { readRunStatus } from './run-status.js';

/** How a run ended, as its server says. */
export type RunOutcome =
  | { state: 'completed'; result: NonNullable<RunStatus['result']> }
  | { state: Exclude<RunState, 'running' | 'completed'>; message: string };

export interface WatchOptions {
  target: TemporalTarget;
  store: Store;
  identity: RunIdentity;
  /** Of this program: the run may belong to another. */
  build: BuildInfo;
  /** Plan that this command works on; without one, it follows the run through whatever plan it gets. */
  ownPlan?: string;
  view: ProgressView;
  /** Stops the watching; the run goes on. */
  signal: AbortSignal;
  /** Brings the server back where it is ours to start. */
  reviveServer(): Promise<unknown>;
}

const LOOK_INTERVAL_MS = 1_000;
/** Each look asks the root and every open batch; on Temporal Cloud, each question is an action that is paid for. */
const QUESTIONS_PER_SECOND = 5;
const RECONNECT_INTERVAL_MS = 2_000;
/** A command that starts a run anew ends the old root first, and needs so long for the next at most. */
const START_ANEW_MS = 5_000;

/**
 * Follows a run to its end, through restarts of the server. Returns nothing if it was stopped.
 */
export async function watchRun(options: WatchOptions): Promise<RunOutcome | undefined> {
  let wasConnected = false;
  let isLost = false;
  while (!options.signal.aborted) {
    try {
      const { client, connection } = await connectClient(options.target);
      if (isLost) options.view.note('The Temporal server is back.');
      isLost = false;
      wasConnected = true;
      try {
        return await follow(client, connection, options);
      } finally {
        await connection.close();
      }
    } catch (error) {
      if (!isConnectionTrouble(error) || !wasConnected) throw error;
      if (!isLost) options.view.note(`${describeTrouble(error)} The run goes on as soon as it answers.`);
      isLost = true;
      await options.reviveServer().catch(() => {});
      await pause(RECONNECT_INTERVAL_MS, options.signal);
    }
  }
  return undefined;
}

function describeTrouble(error: unknown): string {
  return error instanceof TemporalError ? `${error.message}.` : 'The Temporal server does not answer.';
}

async function follow(
  client: Client,
  connection: Connection,
  { target, store, identity: first, build, ownPlan, view, signal }: WatchOptions,
): Promise<RunOutcome | undefined> {
  const noted = new Set<string>();
  const ledger = createLedger(store);
  let isTerminated = false;
  while (!signal.aborted) {
    // The run may be started anew meanwhile, with another plan and other queues.
    const identity = (await readIdentity(store).catch(() => undefined)) ?? first;
    const taken = ownPlan === undefined ? undefined : await describeTakenOver(store, ownPlan, identity.plan);
    if (taken !== undefined) return { state: 'terminated', message: taken };
    const status = await readRunStatus(client, connection, store, identity, build, ledger);
    if (signal.aborted) break;
    for (const note of [...status.notes, ...status.problems]) {
      const said = withoutTime(note);
      if (!noted.has(said)) view.note(note);
      noted.add(said);
    }
    view.update(status, runPage(target, identity.run));
    const outcome = outcomeOf(status);
    const mayBeStartedAnew: boolean = outcome?.state === 'terminated' && !isTerminated;
    if (outcome !== undefined && !mayBeStartedAnew) return outcome;
    isTerminated = mayBeStartedAnew;
    await pause(mayBeStartedAnew ? START_ANEW_MS : lookIntervalFor(status.openBatches), signal);
  }
  return undefined;
}

function lookIntervalFor(openBatches: number): number {
  return LOOK_INTERVAL_MS * Math.ceil((1 + openBatches) / QUESTIONS_PER_SECOND);
}

/** Another command has started the run anew: what a worker with the old settings calls would be the wrong models. */
async function describeTakenOver(store: Store, own: string, now: string): Promise<string | undefined> {
  if (now === own) return undefined;
  const [before, after] = [await readPlan(store, own), await readPlan(store, now)];
  const changes = before && after ? describeChanges(before, after) : ['its plan'];
  if (changes.every((change) => change === RETRY_CHANGE)) return undefined;
  return `another command has started it anew, with other settings: ${changes.join(', ')}. This one makes no more calls.`;
}

/** What goes wrong again and again is said once. */
function withoutTime(problem: string): string {
  return problem.replace(/^\d\d:\d\d UTC: /, '');
}

function outcomeOf({ state, result, reason = '' }: RunStatus): RunOutcome | undefined {
  if (state === 'running') return undefined;
  if (state !== 'completed') return { state, message: reason };
  return result === undefined ? { state: 'failed', message: reason } : { state, result };
}

/** Whether the server could not be reached, or did not answer. */
export function isConnectionTrouble(error: unknown): boolean {
  return error instanceof TemporalError || error instanceof ServiceError || isGrpcServiceError(error);
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  // An abort only ends the wait.
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}
