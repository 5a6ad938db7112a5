import type { Client, Connection } from '@temporalio/client';
import { WorkflowFailedError, WorkflowNotFoundError } from '@temporalio/client';
import { addFunnel, addTotals, describeImbalance, emptyFunnel, emptyTotals, findImbalance } from '../accounting.js';
import { describeOverBudget, describeUncounted } from '../llm/budget.js';
import type { CallTotals, Funnel } from '../records.js';
import type { LimiterState } from '../limiter-state.js';
import type { RunIdentity } from '../store/identity.js';
import { type Lease, readLiveWorkers } from '../store/leases.js';
import type { Ledger } from '../store/ledger.js';
import { readSummary, type RunSummary } from '../outputs/run-summary.js';
import type { Store } from '../store/store.js';
import { describeStoreTrouble } from '../store/store-trouble.js';
import type { BuildInfo } from '../temporal/build-info.js';
import type { DatasetResult } from '../workflows/aggregate-dataset.js';
import { createLedger, readPaid, type Spent } from './read-paid.js';
import { countOpenCalls } from './progress/count-open-calls.js';
import { isPaused } from './tell-pause.js';
import type { RunStage } from '../workflows/messages.js';
import { batchProgressQuery, runProgressQuery } from '../workflows/messages.js';
import { describeOtherProgram } from './other-program.js';

export type RunState = 'running' | 'completed' | 'failed' | 'cancelled' | 'terminated' | 'timed out' | 'unknown';

/** One look at a run: the same for `status`, the progress line and `--json`. */
export interface RunStatus {
  run: string;
  state: RunState;
  stage?: RunStage;
  /** No new call starts: by the file that workers obey, or because the root begins no chunk. */
  paused: boolean;
  /** Chunks in the manifest; 0 until it is written. */
  chunks: number;
  openBatches: number;
  openChunks: number;
  /** Calls answered so far in open chunks: in each, or in some that stand for all. */
  openCalls: number[];
  funnel: Funnel;
  totals: CallTotals;
  /** Over the life of the output folder; absent where it cannot be read. */
  spent?: Spent;
  workers: WorkerStatus[];
  /** What a person should know of the input. */
  notes: string[];
  /** What went wrong with the store, and when: the last few of each worker. */
  problems: string[];
  /** What a person should know or do. */
  attention: string[];
  /** Of a run that came to its end; `paid` by then, over the life of the output folder. */
  result?: DatasetResult & Partial<Pick<RunSummary, 'paid'>>;
  /** Why it did not. */
  reason?: string;
}

export interface WorkerStatus {
  worker: string;
  limiters: Record<string, LimiterState>;
}

/** A query is answered by a worker; without one it would wait for nothing. */
const QUERY_TIMEOUT_MS = 5_000;

export async function readRunStatus(
  client: Client,
  connection: Connection,
  store: Store,
  identity: RunIdentity,
  build: BuildInfo,
  ledger = createLedger(store),
): Promise<RunStatus> {
  const { run, plan } = identity;
  const status: RunStatus = {
    run,
    state: await readState(client, run),
    paused: false,
    chunks: 0,
    openBatches: 0,
    openChunks: 0,
    openCalls: [],
    funnel: emptyFunnel(),
    totals: emptyTotals(),
    workers: [],
    notes: [],
    problems: [],
    attention: [],
  };
  if (status.state === 'running') {
    await addWorkers(status, store, identity, build);
    if (status.workers.length > 0) await addProgress(status, client, connection, store);
  } else {
    await addEnd(status, client, store, plan);
  }
  await addSpent(status, store, ledger);
  const { rows, dropped } = status.result ?? {};
  const imbalance = findImbalance({ counted: status.funnel, rows, dropped });
  if (imbalance !== undefined) status.attention.push(describeImbalance(imbalance));
  return status;
}

/** Who is at work, and what of the run nobody serves. */
async function addWorkers(status: RunStatus, store: Store, identity: RunIdentity, build: BuildInfo): Promise<void> {
  try {
    status.paused = await isPaused(store);
    const leases = await readLiveWorkers(store);
    status.workers = leases.map(({ worker, limiters }) => ({ worker, limiters }));
    status.problems = leases.flatMap(({ problems }) => problems);
    const served = new Set(leases.flatMap((lease) => lease.queues));
    const unserved = [...new Set(Object.values(identity.queues))].filter((queue: string) => !served.has(queue));
    const other = describeOtherProgram(identity, build);
    if (other !== undefined) status.attention.push(other);
    else if (leases.length === 0) status.attention.push('No worker is at work: `npx augmentoolkit worker` starts one');
    else if (unserved.length > 0) status.attention.push(describeUnserved(unserved));
    status.attention.push(...leases.flatMap(describeBlocks));
  } catch (error) {
    const trouble = describeStoreTrouble(error, store.location);
    const what = trouble ?? `${store.location} cannot be used: ${(error as Error).message}`;
    status.attention.push(`${what}. No calls are made until then; the run goes on by itself`);
  }
}

/** Where the folder cannot be read, that is said already. */
async function addSpent(status: RunStatus, store: Store, ledger: Ledger): Promise<void> {
  const alive = status.workers.map(({ worker }) => worker);
  const spent = await readPaid(store, alive, ledger).catch(() => undefined);
  if (spent === undefined) return;
  status.spent = spent;
  if (status.state !== 'running') return;
  const { paid, maxCost } = spent;
  const found = [describeOverBudget(paid.cost, maxCost), describeUncounted(paid, maxCost)];
  status.attention.push(...found.filter((message) => message !== undefined));
}

function describeUnserved(queues: string[]): string {
  return (
    `No worker serves ${queues.join(', ')}: those at work were started for other models, or are of another version of ` +
    'the program. `npx augmentoolkit worker` starts one that does; `npx augmentoolkit run` starts the run anew with ' +
    'what the settings say now, from the journal'
  );
}

/** What keeps a worker from making calls until a person acts. */
function describeBlocks({ worker, limiters }: Lease): string[] {
  const described = Object.values(limiters).flatMap(({ closed }) => {
    if (closed?.reason === 'blocked')
      return [
        `Worker ${worker} is blocked: ${closed.message} It tries again about every 30 s, and the run goes on by itself.`,
      ];
    if (closed?.reason === 'output unusable') return [`Worker ${worker} makes no calls: ${closed.message}`];
    return [];
  });
  return [...new Set(described)];
}

async function readState(client: Client, run: string): Promise<RunState> {
  try {
    const { status } = await client.workflow.getHandle(run).describe();
    return status.name.toLowerCase().replaceAll('_', ' ') as RunState;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'unknown';
    throw error;
  }
}

/** What an ended run left. The server forgets ended runs after a while; the output folder does not. */
async function addEnd(status: RunStatus, client: Client, store: Store, plan: string): Promise<void> {
  const summary = await readOwnSummary(store, plan);
  if (status.state === 'unknown' && summary !== undefined) status.state = 'completed';
  if (status.state !== 'completed') status.reason = await readReason(client, status);
  else if (summary === undefined)
    status.reason = 'run.json is gone or damaged: `npx augmentoolkit run` writes it anew, without a call.';
  else {
    const { funnel, tokens, notes, rows, dropped, end, paid } = summary;
    const result = { funnel, totals: tokens, rows, dropped, end, paid };
    Object.assign(status, { chunks: funnel.chunks.in, funnel, totals: tokens, notes, result });
    if (end === 'cancelled')
      status.attention.push('It was cancelled before all was done: `npx augmentoolkit run` does the rest');
  }
}

/** `run.json`, if it is that of this plan. */
async function readOwnSummary(store: Store, plan: string): Promise<RunSummary | undefined> {
  const summary = await readSummary(store);
  return summary?.versions.plan === plan ? summary : undefined;
}

async function readReason(client: Client, { run, state }: RunStatus): Promise<string> {
  if (state === 'unknown')
    return 'the Temporal server does not know it, as if its database had been lost: `npx augmentoolkit run` goes on from the journal.';
  if (state === 'cancelled')
    return '`npx augmentoolkit run` goes on from the journal, where all that was answered is kept.';
  try {
    await client.workflow.getHandle(run).result();
    return '';
  } catch (error) {
    if (error instanceof WorkflowFailedError) return rootMessage(error);
    throw error;
  }
}

function rootMessage(error: Error): string {
  let cause = error;
  while (cause.cause instanceof Error) cause = cause.cause;
  return cause.message;
}

/** The root knows the closed batches, the open ones their closed chunks. */
async function addProgress(status: RunStatus, client: Client, connection: Connection, store: Store): Promise<void> {
  try {
    await connection.withDeadline(Date.now() + QUERY_TIMEOUT_MS, async () => {
      const root = await client.workflow.getHandle(status.run).query(runProgressQuery);
      Object.assign(status, {
        stage: root.stage,
        paused: status.paused || root.paused,
        chunks: root.chunks,
        notes: root.notes,
      });
      status.openBatches = root.openBatches.length;
      addFunnel(status.funnel, root.funnel);
      addTotals(status.totals, root.totals);
      const batches = await Promise.allSettled(
        root.openBatches.map((id) => client.workflow.getHandle(id).query(batchProgressQuery)),
      );
      const openChunks: string[] = [];
      for (const batch of batches) {
        if (batch.status === 'rejected') continue;
        addFunnel(status.funnel, batch.value.funnel);
        addTotals(status.totals, batch.value.totals);
        openChunks.push(...batch.value.openChunks);
      }
      status.openChunks = openChunks.length;
      status.openCalls = await countOpenCalls(store, openChunks);
    });
  } catch (error) {
    status.attention.push(`The run's progress could not be asked for: ${(error as Error).message}`);
  }
}
