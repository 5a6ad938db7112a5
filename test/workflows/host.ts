import type { WorkflowHost } from '../support/workflow-host.js';
import { startWorkflowHost } from '../support/workflow-host.js';

const STARTING_MS = 120_000;
const STOPPING_MS = 30_000;

/** The server and the workers of all cases. */
export let host: WorkflowHost;

beforeAll(async () => {
  host = await startWorkflowHost();
}, STARTING_MS);

afterAll(() => host.stop(), STOPPING_MS);
