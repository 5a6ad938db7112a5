import { executeChild, proxyActivities } from '@temporalio/workflow';
import type { BareActivities, BareBatch } from './shape.js';
import { BARE_QUEUES } from './shape.js';

const BATCHES = 4;
const OPEN_CHUNKS_OF_A_BATCH = 50;
const QUESTIONS = 4;
const ROUNDS_OF_VOTES = 3;
const CONVERSATIONS = 3;

const { call } = proxyActivities<BareActivities>({
  taskQueue: BARE_QUEUES.calls,
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '15s',
});
const { record } = proxyActivities<BareActivities>({
  taskQueue: BARE_QUEUES.records,
  startToCloseTimeout: '2 minutes',
});

export async function bareRun({ chunks, worthyOneIn }: { chunks: number; worthyOneIn: number }): Promise<void> {
  const size = Math.ceil(chunks / BATCHES);
  const firsts = Array.from({ length: BATCHES }, (_, index) => index * size);
  await Promise.all(
    firsts.map((first) => {
      const batch: BareBatch = { first, end: Math.min(chunks, first + size), worthyOneIn };
      return executeChild(bareBatch, { workflowId: `bare/batch/${first}`, args: [batch] });
    }),
  );
}

export async function bareBatch({ first, end, worthyOneIn }: BareBatch): Promise<void> {
  let next = first;
  const work = async () => {
    while (next < end) {
      const chunk = next++;
      await executeChild(bareChunk, { workflowId: `bare/${chunk}`, args: [chunk % worthyOneIn === 0] });
    }
  };
  await Promise.all(Array.from({ length: OPEN_CHUNKS_OF_A_BATCH }, work));
}

/** With as many calls as a chunk of an agreeable model, in the same order, and its record. */
export async function bareChunk(isWorthy: boolean): Promise<void> {
  await call('judge the paragraph');
  if (isWorthy) {
    await call('generate questions');
    await Promise.all(Array.from({ length: QUESTIONS }, vetAndRevise));
    for (let turn = 0; turn < CONVERSATIONS; turn++) await call('a conversation');
  }
  await record('the record');
}

async function vetAndRevise(): Promise<void> {
  for (let round = 0; round < ROUNDS_OF_VOTES; round++) await Promise.all([call('a vote'), call('a vote')]);
  await call('revise the pair');
}
