/**
 * Records the histories that replay.test.ts replays. Run it by hand where a change of the workflows is meant to change
 * their course, and look at what it changed: `npm run record-histories`
 */
import type { WorkflowHost } from '../support/workflow-host.js';
import { startWorkflowHost } from '../support/workflow-host.js';
import { writeHistory } from './history-files.js';
import { STORIES } from './stories.js';

/** Small, so that a change can be read. */
const LARGEST_HISTORY = 150_000;

describe('recording', () => {
  let host: WorkflowHost;
  beforeAll(async () => {
    host = await startWorkflowHost();
  }, 120_000);
  afterAll(() => host.stop(), 30_000);

  it.each(STORIES)(
    '$name',
    async ({ name, play }) => {
      const handle = await play(host);
      const text = writeHistory(name, await handle.fetchHistory());
      expect(text.length).toBeLessThan(LARGEST_HISTORY);
    },
    60_000,
  );
});
