import type { WorkerOptions } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import type { ActivityDependencies } from './activities/index.js';
import { createIoActivities, createModelActivities } from './activities/index.js';
import type { Limiter } from './llm/limiter.js';
import { LimiterSlotSupplier } from './llm/slot-supplier.js';

/** Above the open chunks, so that none is replayed but after a restart. */
const CACHED_WORKFLOWS = 1_000;
const MODEL_POLLERS = 100;
/** With the SDK's 5 the first seconds of a run leave slots empty until the pollers have multiplied. */
const FIRST_MODEL_POLLERS = 50;
const FIRST_WORKFLOW_POLLERS = 20;
/** The SDK would hold heartbeats back for 12 of the 15 s that the server waits. */
const HEARTBEAT_THROTTLE = '5s';
/** Reading and writing files; more at once would only fight for the disk. */
const IO_ACTIVITIES = 16;

/** What the workers of one process have in common. */
export type CommonOptions = Pick<
  WorkerOptions,
  'connection' | 'namespace' | 'identity' | 'buildId' | 'shutdownGraceTime'
>;

export function createWorkflowWorker(common: CommonOptions, queue: string, codePath: string): Promise<Worker> {
  return Worker.create({
    ...common,
    taskQueue: queue,
    workflowBundle: { codePath },
    maxCachedWorkflows: CACHED_WORKFLOWS,
    workflowTaskPollerBehavior: { type: 'autoscaling', initial: FIRST_WORKFLOW_POLLERS },
  });
}

export function createIoWorker(
  common: CommonOptions,
  queue: string,
  dependencies: ActivityDependencies,
): Promise<Worker> {
  return Worker.create({
    ...common,
    taskQueue: queue,
    activities: createIoActivities(dependencies),
    maxConcurrentActivityTaskExecutions: IO_ACTIVITIES,
    maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
  });
}

export function createModelWorker(
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
    maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
  });
}
