import { createChangeLog } from '../../src/llm/describe-change.js';
import type { LimiterState } from '../../src/limiter-state.js';

const OPEN: LimiterState = { limit: 5, inFlight: 1, waiting: 0, answered: 7, failures: {} };
const SLOWED = { ...OPEN, slowedTo: 480.2, lastFailure: '429 from api.example.com' };
const cooling = (until: number): LimiterState => ({
  ...OPEN,
  closed: { reason: 'cooling down', message: 'the provider takes no more for now', until },
});
const BLOCKED: LimiterState = { ...OPEN, closed: { reason: 'blocked', message: '401' } };

it.each([
  ['nothing at first', [OPEN], []],
  ['of a block and its end', [BLOCKED, BLOCKED, OPEN], ['warn blocked: 401', 'info calls may start']],
  ['nothing of a short wait', [cooling(2_000), OPEN, cooling(3_000), OPEN], []],
  [
    'of a long wait',
    [cooling(48_000), OPEN],
    ['warn cooling down: the provider takes no more for now', 'info calls may start'],
  ],
  [
    'of a slow-down and its end, not of each refusal',
    [SLOWED, { ...SLOWED, slowedTo: 300 }, OPEN],
    ['warn slowed down to 480 calls a minute, after: 429 from api.example.com', 'info no longer slowed down'],
  ],
] as [string, LimiterState[], string[]][])('the log says %s', (_what, states, lines) => {
  const describeChange = createChangeLog();
  expect(states.flatMap((state) => describeChange(state, 0)).map(({ level, text }) => `${level} ${text}`)).toEqual(
    lines,
  );
});
