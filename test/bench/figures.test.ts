import { ratesOf } from '../../bench/harness/bare/measure.js';
import type { Benchmark } from '../../bench/harness/benchmark.js';
import { cpuBetween, readCpuSeconds } from '../../bench/harness/cpu.js';
import { idealSeconds } from '../../bench/harness/makespan.js';
import { readPeakMb } from '../../bench/harness/memory.js';
import { lineOf, reportOf } from '../../bench/harness/report.js';
import { loadBetween } from '../../bench/harness/steady.js';
import type { RehearsalStats } from '../../src/rehearsal/stats.js';

const benchmark: Benchmark = {
  name: 'mill',
  measures: 'How much is milled.',
  aims: {
    flour: { unit: 'kg/s', goal: { atLeast: 2 }, ideal: 5 },
    dust: { unit: 'g/s', goal: { atMost: 0.5 } },
  },
  run: () => Promise.reject(new Error('is not run here')),
};

function report(figures: Record<string, number>) {
  return reportOf(benchmark, { figures, conditions: { stones: 2 }, details: { turns: 12.345_678 } });
}

describe('reportOf', () => {
  it('puts the first figure in front, and all others beside their goals', () => {
    expect(report({ flour: 2.5, dust: 0.7 })).toEqual({
      name: 'mill',
      figure: 2.5,
      unit: 'kg/s',
      goal: { atLeast: 2 },
      ideal: 5,
      met: false,
      others: [{ name: 'dust', figure: 0.7, unit: 'g/s', goal: { atMost: 0.5 }, ideal: null, met: false }],
      conditions: { stones: 2 },
      details: { turns: 12.345_678 },
    });
  });

  it.each([
    [{ flour: 2, dust: 0.5 }, true],
    [{ flour: 1.999, dust: 0.5 }, false],
    [{ flour: 2, dust: 0.501 }, false],
  ])('%j: every goal is met: %s', (figures, met) => {
    expect(report(figures).met).toBe(met);
  });

  it('shows an ideal that had to be measured', () => {
    const measured = { figures: { flour: 1, dust: 0 }, ideals: { dust: 0.123_456 }, conditions: {}, details: {} };
    expect(reportOf(benchmark, measured)).toMatchObject({ ideal: 5, others: [{ name: 'dust', ideal: 0.123_5 }] });
  });

  it('decides before it rounds', () => {
    expect(report({ flour: 1.999_999, dust: 0 })).toMatchObject({ figure: 2, met: false });
  });

  it.each([{ flour: 1 }, { flour: 1, dust: Number.NaN }])('refuses what was not measured: %j', (figures) => {
    expect(() => report(figures)).toThrow('dust was not measured');
  });
});

it('a line has no digits that mean nothing', () => {
  const line = lineOf(report({ flour: 12_345.678, dust: 0.012_345_6 }));
  expect(JSON.parse(line)).toMatchObject({ figure: 12_346, others: [{ figure: 0.012_35 }], details: { turns: 12.35 } });
});

describe('ratesOf', () => {
  it('counts chunks from the start, and calls on the steady part', () => {
    // 10 calls, a second apart; the first and the last take three.
    const endedAt = [3, 4, 5, 6, 7, 8, 9, 10, 11, 14].map((seconds) => seconds * 1_000);
    expect(ratesOf(7, 0, endedAt)).toEqual({ chunksPerSecond: 0.5, callsPerSecond: 1 });
  });

  it('refuses a run without a call', () => {
    expect(() => ratesOf(1, 0, [])).toThrow('no call');
  });
});

describe('loadBetween', () => {
  const stats = (seconds: number, mean: number, answered: number) =>
    ({
      answered,
      inFlight: { now: 0, peak: 0, mean },
      firstCallAt: new Date(0).toISOString(),
      lastEndAt: new Date(seconds * 1_000).toISOString(),
    }) as RehearsalStats;

  it('takes what came before the window out of the mean', () => {
    // 20 call seconds in the first 10 s, 60 more in the 20 s of the window.
    expect(loadBetween(stats(10, 2, 15), stats(30, 80 / 30, 55))).toEqual({
      seconds: 20,
      inFlight: expect.closeTo(3),
      answeredPerSecond: 2,
    });
  });

  it('knows nothing before a call has come to its end', () => {
    const { lastEndAt: _none, ...early } = stats(10, 0, 0);
    expect(() => loadBetween(early, stats(30, 1, 5))).toThrow('no call has come to its end');
  });
});

describe('processor time', () => {
  it('is read from behind the name, whatever that holds', () => {
    const stat = '4242 (node (x) y) S 1 4242 4242 0 -1 4194304 9 0 0 0 250 125 0 0 20 0 11 0 8 1 2';
    expect(readCpuSeconds(stat)).toBe(3.75);
  });

  it('counts a process that began in between from its beginning', () => {
    expect(cpuBetween({ server: 2 }, { server: 5.5, run: 1.25 })).toEqual({ server: 3.5, run: 1.25 });
  });
});

it.each([
  ['Name:\tnode\nVmHWM:\t  250000 kB\nVmRSS:\t 200000 kB\n', 256],
  ['Name:\tnode\nState:\tZ (zombie)\n', undefined],
])('readPeakMb: %j is %d', (status, megabytes) => {
  expect(readPeakMb(status)).toBe(megabytes);
});

it.each([
  [1_485, 1_000, 50, 29.7],
  [10, 200, 400, 0.005],
])('idealSeconds: %i calls of %i ms over %i slots take %d s', (calls, latencyMs, slots, seconds) => {
  expect(idealSeconds(calls, { latencyMs, slots })).toBeCloseTo(seconds);
});
