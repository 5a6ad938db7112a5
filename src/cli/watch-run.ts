import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Connection } from '@temporalio/client';
import { isGrpcServiceError, ServiceError, WorkflowFailedError } from '@temporalio/client';
import type { TemporalTarget } from '../config/temporal-target.js';
import type { RunIdentity } from '../store/identity.js';
import type { Store } from '../store/store.js';
import { connectClient } from '../temporal/connection.js';
import { TemporalError } from '../temporal/temporal-error.js';
import type { DatasetResult } from '../workflows/aggregate-dataset.js';
import type { ProgressView } from './progress-view.js';
import type { RunState } from './run-status.js';
import { readRunStatus } from './run-status.js';

/** How a run ended, as its server says. */
export type RunOutcome =
  | { state: 'completed'; result: DatasetResult }
  | { state: Exclude<RunState, 'running' | 'completed'>; message: string };

export interface WatchOptions {
  target: TemporalTarget;
  store: Store;
  identity: RunIdentity;
  view: ProgressView;
  /** Stops the watching; the run goes on. */
  signal: AbortSignal;
  /** Brings the server back where it is ours to start. */
  reviveServer(): Promise<unknown>;
}

const LOOK_INTERVAL_MS = 1_000;
const RECONNECT_INTERVAL_MS = 2_000;

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
  { store, identity, view, signal }: WatchOptions,
): Promise<RunOutcome | undefined> {
  const noted = new Set<string>();
  while (!signal.aborted) {
    const status = await readRunStatus(client, connection, store, identity);
    if (signal.aborted) break;
    for (const note of status.notes.filter((each) => !noted.has(each))) view.note(note);
    status.notes.forEach((note) => noted.add(note));
    view.update(status);
    if (status.state !== 'running') return readOutcome(client, identity.run, status.state);
    await pause(LOOK_INTERVAL_MS, signal);
  }
  return undefined;
}

async function readOutcome(client: Client, run: string, state: Exclude<RunState, 'running'>): Promise<RunOutcome> {
  if (state === 'unknown')
    return { state, message: 'The server does not know this run; start it again to go on from the journal.' };
  if (state === 'cancelled')
    return {
      state,
      message: 'what was answered stays in the journal, and `npx augmentoolkit run` goes on from there.',
    };
  try {
    return { state: 'completed', result: (await client.workflow.getHandle(run).result()) as DatasetResult };
  } catch (error) {
    if (!(error instanceof WorkflowFailedError) || state === 'completed') throw error;
    return { state, message: rootMessage(error) };
  }
}

function rootMessage(error: Error): string {
  let cause = error;
  while (cause.cause instanceof Error) cause = cause.cause;
  return cause.message;
}

/** Whether the server could not be reached, or did not answer. */
export function isConnectionTrouble(error: unknown): boolean {
  return error instanceof TemporalError || error instanceof ServiceError || isGrpcServiceError(error);
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  // An abort only ends the wait.
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}
