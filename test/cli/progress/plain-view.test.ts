import { expect, it } from '@jest/globals';
import { createJsonView } from '../../../src/cli/progress/json-view.js';
import { createPlainView, plainInterval } from '../../../src/cli/progress/plain-view.js';
import { SHOWN_TIMES } from '../../../src/cli/progress/shown-time.js';
import { statusOf } from './status-of.js';

const FORECAST = {
  share: 0.41,
  isWaiting: false,
  chunksPerMinute: 3.14,
  shownStep: SHOWN_TIMES.indexOf(900),
  secondsLeft: 900,
};

function viewAt() {
  const lines: string[] = [];
  const clock = { now: 0 };
  const view = createPlainView(
    (line) => lines.push(line),
    () => clock.now,
  );
  let closed = 0;
  const look = (now: number, attention: string[] = []) => {
    clock.now = now;
    const { funnel } = statusOf();
    closed += 1;
    const status = statusOf({ attention, funnel: { ...funnel, chunks: { ...funnel.chunks, in: closed } } });
    view.update({ status, forecast: FORECAST, page: '' });
  };
  return { lines, look };
}

it.each([
  [0, 10_000],
  [60_000, 30_000],
  [10 * 60_000, 60_000],
  [3 * 3_600_000, 300_000],
])('after %i ms, a line comes every %i ms', (followed, interval) => {
  expect(plainInterval(followed)).toBe(interval);
});

it('prints a line at the first look, then one when its time has come', () => {
  const { lines, look } = viewAt();
  for (const now of [0, 5_000, 9_999, 10_000, 15_000, 20_001]) look(now);
  expect(lines.map((line) => line.match(/processing: (\d+) of/)?.[1])).toEqual(['1', '4', '6']);
  expect(lines[0]).toMatch(/; 3\.1 chunks\/min; about 15 min left$/);
});

it('says what a person should know at once, and again only when it changes', () => {
  const { lines, look } = viewAt();
  look(0);
  look(1_000, ['It is blocked']);
  look(2_000, ['It is blocked']);
  look(3_000);
  look(4_000, ['It is blocked']);
  expect(lines.slice(1)).toEqual(['It is blocked', 'It is blocked']);
});

it('JSON lines hold the status as it was, and what is expected; null where that is not known', () => {
  const values: object[] = [];
  const view = createJsonView((value) => values.push(value));
  view.update({ status: statusOf({ openCalls: [1] }), forecast: FORECAST, page: 'http://page' });
  view.note('a note');
  const [progress, note] = values;
  expect(progress).toMatchObject({
    type: 'progress',
    run: 'books-1a2b3c',
    chunks: 2_940,
    page: 'http://page',
    forecast: {
      share: 0.41,
      waiting: false,
      callsPerMinute: null,
      chunksPerMinute: 3.14,
      secondsLeft: 900,
      cost: null,
    },
  });
  expect(progress).not.toHaveProperty('openCalls');
  expect(note).toEqual({ type: 'note', message: 'a note' });
});
