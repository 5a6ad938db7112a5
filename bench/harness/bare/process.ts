import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { BareWork } from './measure.js';
import { BARE_QUEUES, type BareActivities } from './shape.js';

/** Does the bare run on the server at an address, and says on stdout when its calls ended: `process.ts ADDRESS WORK`. */

const RECORDS_AT_ONCE = 16;
const POLLERS = { type: 'autoscaling', initial: 50, maximum: 100 } as const;
const ANSWER = 'An answer as short as an answer can be. '.repeat(8);

const [address = '', given = ''] = process.argv.slice(2);
const work = JSON.parse(given) as BareWork;
const endedAt: number[] = [];
const calls: Pick<BareActivities, 'call'> = {
  async call() {
    await pause(work.latencyMs);
    endedAt.push(performance.now());
    return ANSWER;
  },
};
const records: Pick<BareActivities, 'record'> = { record: () => Promise.resolve() };

const connection = await NativeConnection.connect({ address });
const workers = await Promise.all([
  Worker.create({
    connection,
    taskQueue: BARE_QUEUES.workflows,
    workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)),
  }),
  Worker.create({
    connection,
    taskQueue: BARE_QUEUES.calls,
    activities: calls,
    maxConcurrentActivityTaskExecutions: work.slots,
    activityTaskPollerBehavior: POLLERS,
  }),
  Worker.create({
    connection,
    taskQueue: BARE_QUEUES.records,
    activities: records,
    maxConcurrentActivityTaskExecutions: RECORDS_AT_ONCE,
  }),
]);
const running = Promise.all(workers.map((worker) => worker.run()));
const startedAt = performance.now();
await new Client({ connection }).workflow.execute('bareRun', {
  taskQueue: BARE_QUEUES.workflows,
  workflowId: 'bare',
  args: [{ chunks: work.chunks, worthyOneIn: work.worthyOneIn }],
});
for (const worker of workers) worker.shutdown();
await running;
await connection.close();
process.stdout.write(`${JSON.stringify({ startedAt, endedAt })}\n`);
