import type { RunContext } from '../../src/run-context.js';
import { ioActivityOptions, modelActivityOptions } from '../../src/workflows/activity-options.js';

const CONTEXT = {
  callTimeoutMs: 120_000,
  queues: { io: 'io', logical: 'l', large: 'x' },
} as RunContext;

it.each([
  ['a model call', modelActivityOptions(CONTEXT)],
  ['reading and writing', ioActivityOptions(CONTEXT)],
])(
  '%s may be tried as often as it takes, and wait as long: a run that stands over a weekend goes on',
  (_what, options) => {
    expect(options.scheduleToCloseTimeout).toBeUndefined();
    expect(options.scheduleToStartTimeout).toBeUndefined();
    expect(options.retry?.maximumAttempts).toBeUndefined();
    expect(options.retry?.nonRetryableErrorTypes).toBeUndefined();
    expect(options.retry?.maximumInterval).toBe('60s');
  },
);
