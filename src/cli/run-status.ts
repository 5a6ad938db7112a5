import type { Client, Connection } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { addFunnel, addTotals, emptyFunnel, emptyTotals } from '../accounting.js';
import type { CallTotals, Funnel, LimiterState, TaskQueues } from '../records.js';
import type { RunIdentity } from '../store/identity.js';
import { type Lease, readLiveWorkers } from '../store/leases.js';
import type { RunSummary } from '../outputs/run-summary.js';
import { RUN_FILES } from '../store/run-files.js';
import type { Store } from '../store/store.js';
import { isPaused } from './tell-pause.js';
import type { RunStage } from '../workflows/messages.js';
import { batchProgressQuery, runProgressQuery } from '../workflows/messages.js';

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
  openChunks: number;
  funnel: Funnel;
  totals: CallTotals;
  workers: WorkerStatus[];
  /** What a person should know of the input. */
  notes: string[];
  /** What a person should know or do. */
  attention: string[];
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
  { run, queues }: RunIdentity,
): Promise<RunStatus> {
  const status: RunStatus = {
    run,
    state: await readState(client, run),
    paused: false,
    chunks: 0,
    openChunks: 0,
    funnel: emptyFunnel(),
    totals: emptyTotals(),
    workers: [],
    notes: [],
    attention: [],
  };
  if (status.state === 'completed') return { ...status, ...(await readSummary(store)) };
  if (status.state !== 'running') return status;
  await addWorkers(status, store, queues);
  if (status.workers.length > 0) await addProgress(status, client, connection);
  return status;
}

/** Who is at work, and what of the run nobody serves. */
async function addWorkers(status: RunStatus, store: Store, queues: TaskQueues): Promise<void> {
  try {
    status.paused = await isPaused(store);
    const leases = await readLiveWorkers(store);
    status.workers = leases.map(({ worker, limiters }) => ({ worker, limiters }));
    const served = new Set(leases.flatMap((lease) => lease.queues));
    const unserved = [...new Set(Object.values(queues))].filter((queue: string) => !served.has(queue));
    if (leases.length === 0) status.attention.push('No worker is at work: `npx augmentoolkit worker` starts one');
    else if (unserved.length > 0) status.attention.push(describeUnserved(unserved));
    status.attention.push(...leases.flatMap(describeBlocks));
  } catch (error) {
    status.attention.push(`${store.location} cannot be used: ${(error as Error).message}`);
  }
}

function describeUnserved(queues: string[]): string {
  return (
    `No worker serves ${queues.join(', ')}: the workers there are were started for other models, or with another ` +
    `version of the program. Stop them, and start \`npx augmentoolkit worker\` again`
  );
}

function describeBlocks({ worker, limiters }: Lease): string[] {
  return Object.values(limiters).flatMap(({ closed }) =>
    closed?.reason === 'blocked' ? [`Worker ${worker} is blocked: ${closed.message}`] : [],
  );
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

/** What an ended run left; nothing where it left nothing. */
async function readSummary(store: Store): Promise<Partial<RunStatus>> {
  const text = await store.read(RUN_FILES.summary);
  if (text === undefined) return {};
  const { funnel, tokens, notes, end } = JSON.parse(text) as RunSummary;
  const attention =
    end === 'cancelled' ? ['It was cancelled before all was done: `npx augmentoolkit run` does the rest'] : [];
  return { chunks: funnel.chunks.in, funnel, totals: tokens, notes, attention };
}

/** The root knows the closed batches, the open ones their closed chunks. */
async function addProgress(status: RunStatus, client: Client, connection: Connection): Promise<void> {
  try {
    await connection.withDeadline(Date.now() + QUERY_TIMEOUT_MS, async () => {
      const root = await client.workflow.getHandle(status.run).query(runProgressQuery);
      Object.assign(status, {
        stage: root.stage,
        paused: status.paused || root.paused,
        chunks: root.chunks,
        notes: root.notes,
      });
      addFunnel(status.funnel, root.funnel);
      addTotals(status.totals, root.totals);
      const batches = await Promise.allSettled(
        root.openBatches.map((id) => client.workflow.getHandle(id).query(batchProgressQuery)),
      );
      for (const batch of batches) {
        if (batch.status === 'rejected') continue;
        addFunnel(status.funnel, batch.value.funnel);
        addTotals(status.totals, batch.value.totals);
        status.openChunks += batch.value.openChunks.length;
      }
    });
  } catch (error) {
    status.attention.push(`The run's progress could not be asked for: ${(error as Error).message}`);
  }
}
