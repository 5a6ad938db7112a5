import { fileURLToPath } from 'node:url';
import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { bundleWorkflowCode, DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import type { Activities } from '../../src/activities/contract.js';
import type { TaskQueues } from '../../src/records.js';
import { findStep } from '../../src/steps/index.js';
import type { ScriptedRun } from './scripted-run.js';
import { serverExecutable } from './temporal-server.js';

/** In place of process id and host name, in whatever a history keeps. */
export const IDENTITY = 'test';

const QUEUES: TaskQueues = { workflows: 'workflows', io: 'io', logical: 'logical', large: 'large' };
/** A workflow that hangs ends so. */
export const LONGEST_WORKFLOW = '20s';
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
  const served = new Map<string, Activities>();
  const common = { connection: environment.nativeConnection, identity: IDENTITY, shutdownForceTime: FORCED_SHUTDOWN };
  const { callModel, ...ioActivities } = routeByPlan(served);
  const workers = await Promise.all([
    Worker.create({ ...common, taskQueue: QUEUES.workflows, workflowBundle }),
    Worker.create({ ...common, taskQueue: QUEUES.io, activities: ioActivities }),
    Worker.create({ ...common, taskQueue: QUEUES.logical, activities: { callModel } }),
    Worker.create({ ...common, taskQueue: QUEUES.large, activities: { callModel } }),
  ]);
  const running = Promise.all(workers.map((worker) => worker.run()));
  return {
    client: new Client({ connection: environment.connection, identity: IDENTITY }),
    queues: QUEUES,
    serve: (run) => void served.set(run.plan, run.activities()),
    stop: async () => {
      workers.forEach((worker) => worker.shutdown());
      await running.finally(() => environment.teardown());
    },
  };
}

/** `index.ts` of the workflows, or of others in their place. */
export async function bundleWorkflows(
  index = new URL('../../src/workflows/index.ts', import.meta.url),
): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({ workflowsPath: fileURLToPath(index), logger: new DefaultLogger('ERROR') });
}

/** Failures are what many tests are about; only what nobody expects is printed. */
export function quietRuntime(): void {
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter, forward: {} } } });
}

function routeByPlan(served: Map<string, Activities>): Activities {
  const of = ({ plan }: { plan: string }): Activities => {
    const activities = served.get(plan);
    if (activities === undefined) throw ApplicationFailure.nonRetryable(`nobody serves ${plan}`, 'OffScript');
    return activities;
  };
  return {
    callModel: async (input) => {
      const { taskQueue } = activityInfo();
      const { role } = findStep(input.step);
      if (taskQueue !== QUEUES[role] || input.model === '') {
        throw ApplicationFailure.nonRetryable(`${input.call} came over the queue ${taskQueue}`, 'OffScript');
      }
      return of(input).callModel(input);
    },
    prepareRun: async (input) => of(input).prepareRun(input),
    findOpenChunks: async (input) => of(input).findOpenChunks(input),
    recordChunk: async (input) => of(input).recordChunk(input),
    writeDataset: async (input) => of(input).writeDataset(input),
    writeSummary: async (input) => of(input).writeSummary(input),
  };
}
