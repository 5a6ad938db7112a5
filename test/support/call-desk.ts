import { ApplicationFailure } from '@temporalio/activity';
import type { MockActivityEnvironment } from '@temporalio/testing';
import { createModelActivities } from '../../src/activities/index.js';
import type { CallModelInput, CallModelResult } from '../../src/activities/contract.js';
import { RunReader } from '../../src/activities/run-reader.js';
import { Limiter } from '../../src/llm/limiter.js';
import type { RunPlan } from '../../src/planning/run-plan.js';
import { writePlan } from '../../src/planning/run-plan.js';
import type { CallRecord } from '../../src/records.js';
import { Journal } from '../../src/store/journal.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { sealFile } from '../../src/store/sealed.js';
import { SingleFlight } from '../../src/store/single-flight.js';
import { newAttempt } from './attempt.js';
import { ObservedStore } from './observed-store.js';
import { QueuedClient } from './queued-client.js';
import { SAMPLE_PLAN } from './sample-plan.js';
import { SAMPLE_CHUNK } from './sample-records.js';

/** A judge's call about the sample chunk. */
export const JUDGE: CallModelInput = {
  plan: SAMPLE_PLAN.fingerprint,
  chunk: SAMPLE_CHUNK.id,
  step: 'judge-paragraph',
  model: 'rehearsal',
  call: 'judge',
  input: {},
};

export const SUITABLE = 'It explains how lock gates work.\nVerdict: SUITABLE';
/** What each answer used. */
export const USAGE = { prompt: 100, cached: 60, completion: 20 };

/** One worker's `callModel` with everything real but the provider. */
export interface CallDesk {
  store: ObservedStore;
  logical: { client: QueuedClient; limiter: Limiter };
  large: { client: QueuedClient; limiter: Limiter };
  /** Journal keys that another worker has in flight. */
  elsewhere: Set<string>;
  call(input: CallModelInput, attempt?: MockActivityEnvironment): Promise<CallModelResult>;
  /** What the journal has of the sample chunk. */
  recorded(): Promise<CallRecord[]>;
  /** Calls in flight here. */
  inFlight(): string[];
}

export async function openCallDesk(folder: string, plan: RunPlan = SAMPLE_PLAN): Promise<CallDesk> {
  const store = new ObservedStore(folder);
  await writePlan(store, plan);
  await store.write(RUN_FILES.chunk(SAMPLE_CHUNK.id), sealFile(SAMPLE_CHUNK));
  const flights = new SingleFlight();
  const journal = new Journal({ store, flights, onProblem: () => {} });
  const service = () => ({ client: new QueuedClient(), limiter: new Limiter(2) });
  const [logical, large, elsewhere] = [service(), service(), new Set<string>()];
  const activities = createModelActivities({
    journal,
    flights,
    leases: { isInFlightElsewhere: (key) => elsewhere.has(key) },
    reader: new RunReader(store),
    services: { logical, large },
  });
  return {
    store,
    logical,
    large,
    elsewhere,
    call: (input, attempt = newAttempt()) => attempt.run((given) => activities.callModel(given), input),
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
