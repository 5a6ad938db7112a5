import {
  drawTrial,
  KINDS,
  processNames,
  targetsOf,
  type Disturbance,
  type Kind,
  type TrialPlan,
} from './trial-plan.js';

const CALLS = 1_000;
const TOGETHER = { layout: 'together', workers: 1 } as const;
const APART = { layout: 'apart', workers: 2 } as const;
const trials = Array.from({ length: 200 }, (_, seed) => drawTrial(seed, CALLS));

function disturbance(kind: Kind, more: Partial<Disturbance> = {}): Disturbance {
  const rest = { place: 'records', command: 'watch', startingMs: 0, restartMs: 0, startsServer: false } as const;
  return { kind, atCalls: 0, worker: 0, ...rest, ...more };
}

describe('the draw of a trial', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(drawTrial(7, CALLS)).toEqual(drawTrial(7, CALLS));
    expect(new Set(trials.map(({ disturbances }) => JSON.stringify(disturbances))).size).toBe(trials.length);
  });

  it('reaches every kind of disturbance in both layouts, with one worker and with two', () => {
    const drawn = new Set(
      trials.flatMap(({ layout, workers, disturbances }) =>
        disturbances.map(({ kind }) => `${layout} ${workers} ${kind}`),
      ),
    );
    const layouts = ['together 1', 'apart 1', 'apart 2'];
    expect([...drawn].sort()).toEqual(layouts.flatMap((layout) => KINDS.map((kind) => `${layout} ${kind}`)).sort());
  });

  it.each(trials.slice(0, 20).map((plan): [number, TrialPlan] => [plan.seed, plan]))(
    'spreads 3 to 6 disturbances over the run, in their order (seed %i)',
    (_seed, { disturbances }) => {
      expect(disturbances.length).toBeGreaterThanOrEqual(3);
      expect(disturbances.length).toBeLessThanOrEqual(6);
      const parts = disturbances.map(({ atCalls }) => Math.floor((atCalls * disturbances.length) / CALLS));
      expect(new Set(parts).size).toBe(disturbances.length);
      const waits = ({ kind, place }: Disturbance) => kind === 'worker writing' && place === 'dataset';
      const timed = disturbances.filter((each) => !waits(each)).map(({ atCalls }) => atCalls);
      expect(timed).toEqual(timed.toSorted((a, b) => a - b));
      expect(disturbances.findIndex(waits) === -1 || disturbances.slice(timed.length).every(waits)).toBe(true);
    },
  );
});

describe('what is killed', () => {
  it.each<[Kind, Pick<TrialPlan, 'layout' | 'workers'>, Partial<Disturbance>, string[], boolean]>([
    ['worker', TOGETHER, {}, ['run'], false],
    ['worker', APART, { worker: 1 }, ['worker 2'], false],
    ['worker writing', APART, { worker: 1 }, ['worker 1', 'worker 2'], false],
    ['server', TOGETHER, {}, [], true],
    ['worker and server', APART, {}, ['worker 1'], true],
    ['command', TOGETHER, {}, ['run'], false],
    ['command', APART, { command: 'watch' }, ['watch'], false],
    ['command', APART, { command: 'start' }, [], false],
    ['everything', APART, {}, processNames(APART), true],
    ['database', APART, {}, [], true],
  ])('%s in %j, %j', (kind, plan, more, processes, server) => {
    expect(targetsOf(plan, disturbance(kind, more))).toEqual({ processes, server, database: kind === 'database' });
  });
});
