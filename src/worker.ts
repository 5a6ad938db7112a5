#!/usr/bin/env node
import { randomInt } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { NativeConnection, Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { ActivityDependencies } from './activities/index.js';
import type { ModelService } from './activities/call-model.js';
import { RunReader } from './planning/run-reader.js';
import type { LoadedSettings } from './config/load.js';
import { type KeySetting, largeKeySetting } from './config/missing-key.js';
import { Limiter } from './llm/limiter.js';
import { OpenAiClient } from './llm/openai-client.js';
import { Spending } from './llm/spending.js';
import { createSteering } from './llm/steer-limiters.js';
import { keepHeapsSmall } from './heap.js';
import { type CommonOptions, createIoWorker, createModelWorker, createWorkflowWorker } from './create-workers.js';
import { programOf } from './temporal/queues.js';
import { createModelReporter, tellBudget, tellRoot } from './root-attention.js';
import type { ModelRole } from './steps/step.js';
import { AnsweredSteps } from './store/answered-steps.js';
import { limitsOf } from './store/control.js';
import type { RunIdentity } from './store/identity.js';
import { Journal } from './store/journal.js';
import { type Lease, LeaseKeeper } from './store/leases.js';
import { RecentProblems } from './store/recent-problems.js';
import { SingleFlight } from './store/single-flight.js';
import type { Store } from './store/store.js';

/** Of the end of a worker's id. */
const MARK_DIGITS = 6;

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

/** How often steering, and what the others paid, is read from the store. */
const CONTROL_INTERVAL_MS = 1_000;
/** For the journal, after the longest call. */
const SHUTDOWN_MARGIN_MS = 60_000;

/** Wires everything a worker of one run needs, and starts it. The only place where parts are put together. */
export async function startRunWorker(options: RunWorkerOptions): Promise<RunWorker> {
  keepHeapsSmall();
  const { store, host, identity, roles, logger } = options;
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
  const id = `${hostname().replace(/[^\w-]/g, '-')}-${process.pid}-${drawMark()}`;
  const limiters = new Map(roles.map((role) => [identity.queues[role], services[role].limiter]));
  const spending = new Spending({
    store,
    worker: id,
    limiters: [...limiters.values()],
    others: () => leases.others.map(({ worker }) => worker),
    onBudget: (message) => void tellBudget(options, message),
    onProblem,
  });
  const leases = new LeaseKeeper({
    store,
    worker: id,
    host,
    queues: [identity.queues.workflows, identity.queues.io, ...limiters.keys()],
    describe: () => ({
      inFlight: flights.keys(),
      limiters: Object.fromEntries([...limiters].map(([queue, limiter]) => [queue, limiter.state()])),
      problems: problems.list(),
      account: spending.book.account,
    }),
    onShift: () => void steer(),
    onProblem,
  });
  const { budget } = spending;
  const limits = limitsOf(options.loaded.settings);
  const steer = createSteering({ store, limiters, leases, journal, spending, limits, onProblem });
  const dependencies: ActivityDependencies = {
    store,
    journal,
    flights,
    leases,
    reader: new RunReader(store, onProblem),
    services,
    account: spending.book,
    paid: () => spending.total(),
  };

  await settleIn(leases, spending, steer);
  const steering = setInterval(() => {
    void steer();
    void spending.look();
  }, CONTROL_INTERVAL_MS);
  const end = async () => {
    clearInterval(steering);
    await leases.stop();
  };
  try {
    const workers = await createWorkers(options, id, limiters, dependencies);
    for (const role of roles) void tellRoot(options, { source: `${role} model` });
    if (budget.message === undefined) void tellBudget(options, undefined);
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

/** Before the first call: the money may be spent already. */
async function settleIn(leases: LeaseKeeper, spending: Spending, steer: () => Promise<void>): Promise<void> {
  await leases.start();
  const looking = spending.look();
  await steer();
  if (!spending.budget.isLimited) return;
  await looking;
  if (spending.trouble !== undefined) await steer();
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
    // In place of the SDK's own, which is ten times as long and stands in every second event of a history.
    buildId: programOf(identity.queues),
    shutdownGraceTime: loaded.settings.LIMITS.REQUEST_TIMEOUT * 1_000 + SHUTDOWN_MARGIN_MS,
  };
  return Promise.all([
    createWorkflowWorker(common, identity.queues.workflows, workflowBundle),
    createIoWorker(common, identity.queues.io, dependencies),
    ...[...limiters].map(([queue, limiter]) => createModelWorker(common, queue, limiter, dependencies)),
  ]);
}

/** Where both roles use one model at one address, they share one limiter. */
function createServices(options: RunWorkerOptions, answered: AnsweredSteps): Record<ModelRole, ModelService> {
  const { settings, keys } = options.loaded;
  const timeoutMs = settings.LIMITS.REQUEST_TIMEOUT * 1_000;
  const create = (role: ModelRole, baseUrl: string, apiKey: string, keySetting: KeySetting): ModelService => ({
    client: new OpenAiClient({ baseUrl, apiKey, keySetting, timeoutMs, answered }),
    limiter: new Limiter(0, {
      onChange: createModelReporter(options, role),
    }),
  });
  const logical = create('logical', settings.API.BASE_URL, keys.logical, 'API_KEY');
  const { queues } = options.identity;
  if (queues.large === queues.logical) return { logical, large: logical };
  return { logical, large: create('large', settings.API.LARGE_BASE_URL, keys.large, largeKeySetting(options.loaded)) };
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

/** Stands four times with each call in a history: short, and the like of 31 bits. */
function drawMark(): string {
  return randomInt(36 ** MARK_DIGITS)
    .toString(36)
    .padStart(MARK_DIGITS, '0');
}
