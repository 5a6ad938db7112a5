import { jest } from '@jest/globals';
import type { WorkflowHost } from '../support/workflow-host.js';
import { startWorkflowHost } from '../support/workflow-host.js';

const STARTING_MS = 120_000;
const STOPPING_MS = 30_000;
/** Above the longest workflow, which ends first and says why. */
const LONGEST_TEST_MS = 60_000;

jest.setTimeout(LONGEST_TEST_MS);

/** The server and the workers of all cases. */
export let host: WorkflowHost;

beforeAll(async () => {
  host = await startWorkflowHost();
}, STARTING_MS);

afterAll(() => host.stop(), STOPPING_MS);
