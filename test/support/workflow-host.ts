import { fileURLToPath } from 'node:url';
import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { bundleWorkflowCode, DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import type { Activities, CallModelInput } from '../../src/activities/contract.js';
import type { TaskQueues } from '../../src/run-context.js';
import { findStep } from '../../src/steps/index.js';
import { ensureSearchAttributes } from '../../src/temporal/search-attributes.js';
import type { ScriptedRun } from './scripted-run.js';
import { serverExecutable } from './temporal-server.js';

/** In place of process id and host name, in whatever a history keeps. */
export const IDENTITY = 'test';

const QUEUES: TaskQueues = { workflows: 'workflows', io: 'io', logical: 'logical', large: 'large' };
/** A workflow that hangs ends so. */
export const LONGEST_WORKFLOW = '40s';
const FORCED_SHUTDOWN = '5s';
/** One partition a queue, as the program's own server has it: less to poll. */
const SERVER_ARGUMENTS = ['Read', 'Write'].flatMap((kind) => [
  '--dynamic-config-value',
  `matching.numTaskqueue${kind}Partitions=1`,
]);

/** A Temporal server with our workflows, and activities that follow the scripts of the runs it knows. */
export interface WorkflowHost {
  client: Client;
  queues: TaskQueues;
  /** From now on this run's activities are answered. */
  serve(run: ScriptedRun): void;
  stop(): Promise<void>;
}

export async function startWorkflowHost(): Promise<WorkflowHost> {
  quietRuntime();
  const [workflowBundle, path] = await Promise.all([bundleWorkflows(), serverExecutable()]);
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'existing-path', path }, extraArgs: SERVER_ARGUMENTS },
  });
  const { connection, address, namespace = 'default' } = environment;
  const { note } = await ensureSearchAttributes(connection, { address, namespace });
  if (note !== undefined) throw new Error(note);
  const served = new Map<string, Activities>();
  const common = { connection: environment.nativeConnection, identity: IDENTITY, shutdownForceTime: FORCED_SHUTDOWN };
  const modelActivities = { callModel: callModelOf(served) };
  const workers = await Promise.all([
    Worker.create({ ...common, taskQueue: QUEUES.workflows, workflowBundle }),
    Worker.create({ ...common, taskQueue: QUEUES.io, activities: ioActivitiesOf(served) }),
    Worker.create({ ...common, taskQueue: QUEUES.logical, activities: modelActivities }),
    Worker.create({ ...common, taskQueue: QUEUES.large, activities: modelActivities }),
  ]);
  const running = Promise.all(workers.map((worker) => worker.run()));
  return {
    client: new Client({ connection: environment.connection, identity: IDENTITY }),
    queues: QUEUES,
    serve: (run) => void served.set(run.plan, run.activities()),
    stop: async () => {
      workers.forEach((worker) => worker.shutdown());
      try {
        await running;
      } finally {
        await environment.teardown();
      }
    },
  };
}

/** `index.ts` of the workflows, or of others in their place. */
export async function bundleWorkflows(
  index = new URL('../../src/workflows/index.ts', import.meta.url),
): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(index),
    preloadModules: [fileURLToPath(new URL('../../src/workflows/shared-code.ts', import.meta.url))],
    logger: new DefaultLogger('ERROR'),
  });
}

/** Failures are what many tests are about; only what nobody expects is printed. */
export function quietRuntime(): void {
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter, forward: {} } } });
}

function activitiesOf(served: Map<string, Activities>, plan: string): Activities {
  const activities = served.get(plan);
  if (activities === undefined) throw ApplicationFailure.nonRetryable(`nobody serves ${plan}`, 'OffScript');
  return activities;
}

/** Breaks the workflow that asks over another queue than the step's own. */
function callModelOf(served: Map<string, Activities>) {
  return async (input: CallModelInput) => {
    const { taskQueue, activityId } = activityInfo();
    if (taskQueue === QUEUES[findStep(input.step).role]) return activitiesOf(served, input.plan).callModel(input);
    throw ApplicationFailure.nonRetryable(`${activityId} came over the queue ${taskQueue}`, 'OffScript');
  };
}

function ioActivitiesOf(served: Map<string, Activities>): Omit<Activities, 'callModel'> {
  const of = ({ plan }: { plan: string }) => activitiesOf(served, plan);
  return {
    prepareRun: async (input) => of(input).prepareRun(input),
    findOpenChunks: async (input) => of(input).findOpenChunks(input),
    recordChunk: async (input) => of(input).recordChunk(input),
    writeDataset: async (input) => of(input).writeDataset(input),
    writeSummary: async (input) => of(input).writeSummary(input),
    writeReport: async (input) => of(input).writeReport(input),
  };
}
