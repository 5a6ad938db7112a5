import { Client, Connection } from '@temporalio/client';

/** Histories of all workflows of one kind. */
export interface Histories {
  workflows: number;
  events: number;
  mostEvents: number;
  /** As the server counts them: its events as protobuf. */
  bytes: number;
  mostBytes: number;
}

/** By kind of workflow, as in `processChunk`; of all on the server that have ended. */
export function readHistories(address: string): Promise<Record<string, Histories>> {
  return withClient(address, async (client) => {
    const byType: Record<string, Histories> = {};
    for await (const { type, historyLength, historySize = 0 } of client.workflow.list({
      query: `ExecutionStatus = 'Completed'`,
    })) {
      const all = (byType[type] ??= { workflows: 0, events: 0, mostEvents: 0, bytes: 0, mostBytes: 0 });
      all.workflows += 1;
      all.events += historyLength;
      all.mostEvents = Math.max(all.mostEvents, historyLength);
      all.bytes += historySize;
      all.mostBytes = Math.max(all.mostBytes, historySize);
    }
    return byType;
  });
}

export function countOpenChunks(address: string): Promise<number> {
  const query = `WorkflowType = 'processChunk' AND ExecutionStatus = 'Running'`;
  return withClient(address, async (client) => (await client.workflow.count(query)).count);
}

async function withClient<Result>(address: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}
