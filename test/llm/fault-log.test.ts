import { FaultLog } from '../../src/llm/fault-log.js';

const MINUTE = 60_000;

it('counts minute by minute', () => {
  const log = new FaultLog();
  for (const minute of [5, 5.9, 7]) log.add(minute * MINUTE);
  expect(log.state).toEqual({ binMs: MINUTE, counts: { 5: 2, 7: 1 } });
});

it('stays small in a long run, and loses nothing', () => {
  const log = new FaultLog();
  for (let minute = 0; minute < 10_000; minute += 1) log.add(minute * MINUTE);
  const { binMs, counts } = log.state;
  expect(Object.keys(counts).length).toBeLessThanOrEqual(120);
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(10_000);
  expect(counts[Math.floor((9_999 * MINUTE) / binMs)]).toBeGreaterThan(0);
});
