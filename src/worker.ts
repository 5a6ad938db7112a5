#!/usr/bin/env node
import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import type { NativeConnection, WorkerOptions } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createIoActivities, createModelActivities } from './activities/index.js';
import type { ActivityDependencies } from './activities/index.js';
import type { ModelService } from './activities/call-model.js';
import { RunReader } from './activities/run-reader.js';
import type { LoadedSettings } from './config/load.js';
import { type KeySetting, largeKeySetting } from './config/missing-key.js';
import { Limiter } from './llm/limiter.js';
import { OpenAiClient } from './llm/openai-client.js';
import { LimiterSlotSupplier } from './llm/slot-supplier.js';
import { createSteering } from './llm/steer-limiters.js';
import { createTeller } from './temporal/teller.js';
import type { LimiterState } from './records.js';
import type { ModelRole } from './steps/step.js';
import { AnsweredSteps } from './store/answered-steps.js';
import type { RunIdentity } from './store/identity.js';
import { Journal } from './store/journal.js';
import { type Lease, LeaseKeeper } from './store/leases.js';
import { RecentProblems } from './store/recent-problems.js';
import { SingleFlight } from './store/single-flight.js';
import type { Store } from './store/store.js';
import type { AttentionChange } from './workflows/messages.js';
import { attentionSignal } from './workflows/messages.js';

export interface RunWorkerOptions {
  loaded: LoadedSettings;
  /** Must hold the run already: one that is gone must not be taken for a new one. */
  store: Store;
  /** The command that this worker lives in. */
  host: Lease['host'];
  identity: RunIdentity;
  connection: NativeConnection;
  namespace: string;
  /** The prebuilt workflow code. */
  workflowBundle: string;
  /** Model roles it serves. */
  roles: readonly ModelRole[];
  logger: Logger;
}

/** A worker process's part in a run. */
export interface RunWorker {
  /** Settles when it has stopped; rejects if it broke. */
  stopped: Promise<void>;
  /** Takes nothing new, and ends and records the calls in flight. */
  stop: () => void;
}

/** A root takes 10,000 signals in all: weeks of a fault that comes and goes all the time. */
const TELL_INTERVAL_MS = 300_000;
/** How often steering is read from the store. */
const CONTROL_INTERVAL_MS = 1_000;
/** For the journal, after the longest call. */
const SHUTDOWN_MARGIN_MS = 60_000;
/** Above the open chunks, so that none is replayed but after a restart. */
const CACHED_WORKFLOWS = 1_000;
const MODEL_POLLERS = 100;
/** With the SDK's 5 the first seconds of a run leave slots empty until the pollers have multiplied. */
const FIRST_MODEL_POLLERS = 50;
const FIRST_WORKFLOW_POLLERS = 20;
/** Reading and writing files; more at once would only fight for the disk. */
const IO_ACTIVITIES = 16;

/** Wires everything a worker of one run needs, and starts it. The only place where parts are put together. */
export async function startRunWorker(options: RunWorkerOptions): Promise<RunWorker> {
  const { store, host, identity, roles, logger } = options;
  const concurrencyLimit = options.loaded.settings.SYSTEM.CONCURRENCY_LIMIT;
  const flights = new SingleFlight();
  const problems = new RecentProblems();
  const onProblem = (message: string) => {
    if (problems.add(message)) logger.warn(message);
  };
  // An answer that cannot be written closes the limiters at once: what cannot be kept should not be paid for.
  const onAnswerWaits = (message: string) => {
    onProblem(message);
    void steer();
  };
  const journal = new Journal({ store, flights, onProblem: onAnswerWaits });
  const services = createServices(options, await AnsweredSteps.read(store));
  const id = `${hostname().replace(/[^\w-]/g, '-')}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const limiters = new Map(roles.map((role) => [identity.queues[role], services[role].limiter]));
  const describeLimiters = () => Object.fromEntries([...limiters].map(([queue, limiter]) => [queue, limiter.state()]));
  const leases = new LeaseKeeper({
    store,
    worker: id,
    host,
    queues: [identity.queues.workflows, identity.queues.io, ...limiters.keys()],
    describe: () => ({ inFlight: flights.keys(), limiters: describeLimiters(), problems: problems.list() }),
    onProblem,
  });
  const steer = createSteering({ store, limiters, leases, journal, concurrencyLimit, onProblem });
  const dependencies: ActivityDependencies = {
    store,
    journal,
    flights,
    leases,
    reader: new RunReader(store, onProblem),
    services,
  };

  await leases.start();
  await steer();
  const steering = setInterval(() => void steer(), CONTROL_INTERVAL_MS);
  const end = async () => {
    clearInterval(steering);
    await leases.stop();
  };
  try {
    const workers = await createWorkers(options, id, limiters, dependencies);
    for (const role of roles) void tellRoot(options, { source: `${role} model` });
    const stop = () => {
      for (const limiter of limiters.values()) limiter.stop();
      workers.filter((worker) => worker.getState() === 'RUNNING').forEach((worker) => worker.shutdown());
    };
    return { stopped: runTogether(workers, stop, end), stop };
  } catch (error) {
    await end();
    throw error;
  }
}

function createWorkers(
  { loaded, identity, connection, namespace, workflowBundle }: RunWorkerOptions,
  id: string,
  limiters: Map<string, Limiter>,
  dependencies: ActivityDependencies,
): Promise<Worker[]> {
  const common: CommonOptions = {
    connection,
    namespace,
    identity: id,
    shutdownGraceTime: loaded.settings.LIMITS.REQUEST_TIMEOUT * 1_000 + SHUTDOWN_MARGIN_MS,
  };
  return Promise.all([
    createWorkflowWorker(common, identity, workflowBundle),
    createIoWorker(common, identity, dependencies),
    ...[...limiters].map(([queue, limiter]) => createModelWorker(common, queue, limiter, dependencies)),
  ]);
}

/** Where both roles use one model at one address, they share one limiter. */
function createServices(options: RunWorkerOptions, answered: AnsweredSteps): Record<ModelRole, ModelService> {
  const { settings, keys } = options.loaded;
  const timeoutMs = settings.LIMITS.REQUEST_TIMEOUT * 1_000;
  const create = (role: ModelRole, baseUrl: string, apiKey: string, keySetting: KeySetting): ModelService => ({
    client: new OpenAiClient({ baseUrl, apiKey, keySetting, timeoutMs, answered }),
    limiter: new Limiter(settings.SYSTEM.CONCURRENCY_LIMIT, {
      onChange: createReporter(options, role),
    }),
  });
  const logical = create('logical', settings.API.BASE_URL, keys.logical, 'API_KEY');
  const { queues } = options.identity;
  if (queues.large === queues.logical) return { logical, large: logical };
  return { logical, large: create('large', settings.API.LARGE_BASE_URL, keys.large, largeKeySetting(options.loaded)) };
}

/** What the root is told of: what keeps calls from being made until a person acts. */
const TOLD: readonly unknown[] = ['blocked', 'output unusable'];

/** Writes every change to the log, and tells the run's root of those that matter alone, now and then: it takes only so many signals. */
function createReporter(options: RunWorkerOptions, role: ModelRole): (state: LimiterState) => void {
  const tell = createTeller(TELL_INTERVAL_MS, (message) =>
    tellRoot(options, { source: `${role} model`, ...(message !== undefined && { message }) }),
  );
  return ({ closed }) => {
    if (closed === undefined) options.logger.info(`${role} model: calls may start`);
    else options.logger.warn(`${role} model: ${closed.reason}: ${closed.message}`);
    tell(TOLD.includes(closed?.reason) ? `${closed?.reason}: ${closed?.message}` : undefined);
  };
}

async function tellRoot(
  { connection, namespace, identity, logger }: RunWorkerOptions,
  change: AttentionChange,
): Promise<void> {
  try {
    await new Client({ connection, namespace }).workflow.getHandle(identity.run).signal(attentionSignal, change);
  } catch (error) {
    logger.warn(`the run could not be told: ${(error as Error).message}`);
  }
}

type CommonOptions = Pick<WorkerOptions, 'connection' | 'namespace' | 'identity' | 'shutdownGraceTime'>;

function createWorkflowWorker(common: CommonOptions, { queues }: RunIdentity, codePath: string): Promise<Worker> {
  return Worker.create({
    ...common,
    taskQueue: queues.workflows,
    workflowBundle: { codePath },
    maxCachedWorkflows: CACHED_WORKFLOWS,
    workflowTaskPollerBehavior: { type: 'autoscaling', initial: FIRST_WORKFLOW_POLLERS },
  });
}

function createIoWorker(
  common: CommonOptions,
  { queues }: RunIdentity,
  dependencies: ActivityDependencies,
): Promise<Worker> {
  return Worker.create({
    ...common,
    taskQueue: queues.io,
    activities: createIoActivities(dependencies),
    maxConcurrentActivityTaskExecutions: IO_ACTIVITIES,
  });
}

function createModelWorker(
  common: CommonOptions,
  queue: string,
  limiter: Limiter,
  dependencies: ActivityDependencies,
): Promise<Worker> {
  const unused = { type: 'fixed-size', numSlots: 1 } as const;
  return Worker.create({
    ...common,
    taskQueue: queue,
    activities: createModelActivities(dependencies),
    tuner: {
      activityTaskSlotSupplier: new LimiterSlotSupplier(limiter),
      workflowTaskSlotSupplier: unused,
      localActivityTaskSlotSupplier: unused,
      nexusTaskSlotSupplier: unused,
    },
    activityTaskPollerBehavior: { type: 'autoscaling', initial: FIRST_MODEL_POLLERS, maximum: MODEL_POLLERS },
    // The SDK would hold heartbeats back for 12 of the 15 s that the server waits.
    maxHeartbeatThrottleInterval: '5s',
  });
}

/** One that breaks stops the others; `end` comes last. */
async function runTogether(workers: Worker[], stop: () => void, end: () => Promise<void>): Promise<void> {
  const runs = workers.map((worker) => worker.run());
  try {
    await Promise.all(runs);
  } catch (error) {
    stop();
    await Promise.allSettled(runs);
    throw error;
  } finally {
    await end();
  }
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  const { main } = await import('./cli/main.js');
  await main(['worker', ...process.argv.slice(2)]);
}
