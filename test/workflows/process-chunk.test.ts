import { chunkScenario } from '../support/chunk-scenario.js';
import type { WorkflowHost } from '../support/workflow-host.js';
import { startWorkflowHost } from '../support/workflow-host.js';

describe('processChunk', () => {
  let host: WorkflowHost;
  beforeAll(async () => (host = await startWorkflowHost()), 60_000);
  afterAll(() => host.stop(), 60_000);

  it.each([
    [1, 21],
    [2, 33],
    [3, 33],
    [5, 45],
  ])('with %i places a vote and a model that agrees makes %i calls', async (doubleCheckCounter, expected) => {
    const { calls, record } = await chunkScenario({ doubleCheckCounter }).play(host);

    expect(calls).toHaveLength(expected);
    expect(record.totals.calls).toBe(expected);
  });
});
