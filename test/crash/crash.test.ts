import { resolve } from 'node:path';
import type { Workbench } from '../support/command-line.js';
import { runReference, runTrial, type Conditions, type Reference } from './trial.js';
import type { Disturbance, TrialPlan } from './trial-plan.js';

const MINUTES = 60_000;
const CONDITIONS: Conditions = { input: resolve('samples'), limit: 10, latencyMs: 150, jitterMs: 100, settings: [] };
const QUICK = {
  worker: 0,
  place: 'generations',
  command: 'watch',
  startingMs: 500,
  restartMs: 0,
  startsServer: false,
} as const;

let open: Workbench | undefined;
const onOpen = (bench: Workbench) => void (open = bench);
let reference: Reference;
beforeAll(async () => {
  reference = await runReference(CONDITIONS, onOpen);
}, 10 * MINUTES);
afterAll(() => open?.close(), MINUTES);

function at(share: number, kind: Disturbance['kind'], more: Partial<Disturbance> = {}): Disturbance {
  return { ...QUICK, kind, atCalls: Math.floor(share * reference.calls.length), ...more };
}

describe('nothing is lost and nothing is paid twice', () => {
  it.each<[string, Omit<TrialPlan, 'seed' | 'disturbances'>, () => Disturbance[]]>([
    [
      'where the program is killed, and its server',
      { layout: 'together', workers: 1 },
      () => [at(0.15, 'worker'), at(0.4, 'server'), at(0.7, 'worker writing', { place: 'records' })],
    ],
    [
      'where one of two workers is killed, the command that watches, and everything',
      { layout: 'apart', workers: 2 },
      () => [at(0.15, 'worker', { worker: 1 }), at(0.4, 'command'), at(0.6, 'everything')],
    ],
  ])(
    '%s',
    async (_what, plan, disturbances) => {
      const given = { ...plan, seed: 0, disturbances: disturbances() };
      const result = await runTrial(given, { conditions: CONDITIONS, reference, keep: false, onOpen });
      // How soon work is back depends on the machine's other work: that is for the long form.
      expect(result.violations.filter(({ check }) => check !== 'slow')).toEqual([]);
      expect(result.happened.map(({ kind }) => kind)).toEqual(given.disturbances.map(({ kind }) => kind));
      expect(result.inFlightAtKills).toBeGreaterThan(0);
    },
    10 * MINUTES,
  );
});
