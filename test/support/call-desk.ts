import { ApplicationFailure } from '@temporalio/activity';
import type { MockActivityEnvironment } from '@temporalio/testing';
import { createModelActivities } from '../../src/activities/index.js';
import type { AskedCall } from '../../src/activities/asked-call.js';
import type { CallModelResult } from '../../src/activities/contract.js';
import { chunkWorkflowId } from '../../src/ids.js';
import { RunReader } from '../../src/planning/run-reader.js';
import { Limiter } from '../../src/llm/limiter.js';
import type { RunPlan } from '../../src/planning/run-plan.js';
import { writePlan } from '../../src/planning/run-plan.js';
import type { CallRecord } from '../../src/call-record.js';
import { AccountBook } from '../../src/store/account-book.js';
import { Journal } from '../../src/store/journal.js';
import { blockPath, renderBlock } from '../../src/store/chunk-blocks.js';
import { SingleFlight } from '../../src/store/single-flight.js';
import { newAttempt } from './attempt.js';
import { ObservedStore } from './observed-store.js';
import { QueuedClient } from './queued-client.js';
import { SAMPLE_PLAN } from './sample-plan.js';
import { SAMPLE_CHUNK } from './sample-records.js';

/** A judge's call about the sample chunk. */
export const JUDGE: DeskCall = {
  plan: SAMPLE_PLAN.fingerprint,
  step: 'judge-paragraph',
  call: 'judge',
  input: {},
};

export const SUITABLE = 'It explains how lock gates work.\nVerdict: SUITABLE';
/** What each answer used. */
export const USAGE = { prompt: 100, cached: 60, completion: 20 };

/** Without `chunk`, which is always the same. */
type DeskCall = Omit<AskedCall, 'chunk'>;

/** One worker's `callModel` with everything real but the provider. */
export interface CallDesk {
  store: ObservedStore;
  logical: { client: QueuedClient; limiter: Limiter };
  large: { client: QueuedClient; limiter: Limiter };
  /** What this worker paid. */
  book: AccountBook;
  /** Journal keys that another worker has in flight. */
  elsewhere: Set<string>;
  call(asked: DeskCall, attempt?: MockActivityEnvironment): Promise<CallModelResult>;
  /** What the journal has of the sample chunk. */
  recorded(): Promise<CallRecord[]>;
  /** Calls in flight here. */
  inFlight(): string[];
}

export async function openCallDesk(folder: string, plan: RunPlan = SAMPLE_PLAN): Promise<CallDesk> {
  const store = new ObservedStore(folder);
  await writePlan(store, plan);
  await store.write(blockPath(SAMPLE_CHUNK.id) ?? '', renderBlock([SAMPLE_CHUNK]));
  const flights = new SingleFlight();
  const journal = new Journal({ store, flights, onProblem: () => {} });
  const service = () => ({ client: new QueuedClient(), limiter: new Limiter(2) });
  const [logical, large, elsewhere] = [service(), service(), new Set<string>()];
  const book = new AccountBook('worker-a');
  const activities = createModelActivities({
    journal,
    flights,
    leases: { isInFlightElsewhere: (key) => elsewhere.has(key) },
    account: book,
    reader: new RunReader(store),
    services: { logical, large },
  });
  return {
    store,
    logical,
    large,
    book,
    elsewhere,
    call: ({ call, ...input }, attempt = newAttempt()) => {
      const workflowExecution = { workflowId: chunkWorkflowId('run', SAMPLE_CHUNK.id), runId: 'r' };
      Object.assign(attempt.context.info, { activityId: call, workflowExecution });
      return attempt.run((given) => activities.callModel(given), input);
    },
    recorded: () => journal.readAll(SAMPLE_CHUNK.id),
    inFlight: () => flights.keys(),
  };
}

/** What a call failed with. */
export async function failureOf(call: Promise<unknown>): Promise<ApplicationFailure> {
  const failure = await call.catch((error: unknown) => error);
  if (failure instanceof ApplicationFailure) return failure;
  throw new Error(`an ApplicationFailure was expected, this came: ${String(failure)}`);
}
