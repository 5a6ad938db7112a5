import type { RunSummary } from '../../src/outputs/run-summary.js';
import type { RunStatus } from '../../src/cli/run-status.js';
import { finish, until, Workbench } from '../support/command-line.js';
import { readComparable, readJson } from '../support/dataset.js';
import { readClosedReasons } from '../support/leases.js';
import { readPaidTwoWays } from '../support/paid.js';

const MINUTES = 60_000;
const LIMIT = 4;
/** In money per million tokens: round sums for a small run. */
const PRICES = { small: { INPUT: 100, OUTPUT: 400 }, large: { INPUT: 1_000, OUTPUT: 4_000 } };
const PRICED = Object.entries(PRICES).flatMap(([name, price]) =>
  Object.entries(price).map(([kind, money]) => `PRICES.rehearsal-${name}.${kind}=${money}`),
);
const SETTINGS = [
  'SYSTEM.CHUNK_SIZE=200',
  'SYSTEM.USE_SUBSET=true',
  'SYSTEM.SUBSET_SIZE=6',
  `SYSTEM.CONCURRENCY_LIMIT=${LIMIT}`,
  ...PRICED,
];
/** So long nothing must begin once a budget is spent. */
const WATCHED_MS = 3_000;

let bench: Workbench;
/** What the whole run costs. */
let whole: number;
beforeAll(async () => {
  bench = await Workbench.open();
  const model = await bench.model({ profile: 'mixed' });
  await bench.augmentoolkit('run', bench.settings(model, 'unlimited', ...SETTINGS));
  whole = (await readJson<RunSummary>(bench.output('unlimited'), 'run.json')).paid.cost ?? 0;
}, 5 * MINUTES);
afterAll(() => bench.close(), MINUTES);

/** The dearest call there can be: the longest conversation and its prompt. */
const DEAREST_CALL = (8_000 * PRICES.large.INPUT + 4_000 * PRICES.large.OUTPUT) / 1_000_000;

async function readStatus(settings: string[]): Promise<RunStatus> {
  return JSON.parse((await bench.augmentoolkit('status', [...settings, '--json'])).stdout) as RunStatus;
}

function expectPaidOnce({ accounts, journal }: Awaited<ReturnType<typeof readPaidTwoWays>>): void {
  expect(accounts).toEqual(journal);
  expect(Object.keys(accounts).toSorted()).toEqual(['rehearsal-large', 'rehearsal-small']);
}

describe('a run with a limit on money', () => {
  it(
    'stops by itself, says so, and goes on to the same end with more',
    async () => {
      const model = await bench.model({ profile: 'mixed', latencyMs: 100 });
      const maxCost = Number((whole * 0.4).toFixed(2));
      const settings = bench.settings(model, 'limited', ...SETTINGS, `LIMITS.MAX_COST=${maxCost}`);
      const running = bench.spawn('run', settings);
      const ended = finish(running);
      const { status: spentAtStop, calls } = await waitForStop(settings, model);

      const spent = spentAtStop.spent?.paid.cost ?? 0;
      expect(spent).toBeGreaterThanOrEqual(maxCost);
      expect(spent).toBeLessThan(maxCost + LIMIT * DEAREST_CALL);
      const plain = await bench.augmentoolkit('resume', settings);
      expect(plain).toMatchObject({ code: 0, stdout: expect.stringMatching(/is spent: no new calls start/) });
      const less = await bench.augmentoolkit('resume', [...settings, '--max-cost', '0.01']);
      expect(less.stdout).toContain('LIMITS.MAX_COST 0.01 is reached');
      expect(model.stats().calls).toBe(calls);

      const more = await bench.augmentoolkit('resume', [...settings, '--max-cost', String(whole * 2)]);
      expect(more.stdout).toContain('The run goes on until');
      const { code, stderr, stdout } = await ended;
      expect(code).toBe(0);
      expect(stderr).toContain(`LIMITS.MAX_COST ${maxCost.toFixed(2)} is reached`);
      expect(stdout).toContain('Paid in this folder so far: ');
      expect(model.stats().repeats).toMatchObject({ count: 0, afterAbandoned: 0 });
      expect(await readComparable(bench.output('limited'))).toEqual(await readComparable(bench.output('unlimited')));
      const { paid } = await readJson<RunSummary>(bench.output('limited'), 'run.json');
      expect(paid.cost).toBeCloseTo(whole, 6);
      expectPaidOnce(await readPaidTwoWays(bench.output('limited')));
    },
    10 * MINUTES,
  );

  it(
    'counts once what workers paid that were killed, and goes on when it is started with a higher one',
    async () => {
      const model = await bench.model({ profile: 'mixed', latencyMs: 100 });
      const maxCost = Number((whole * 0.5).toFixed(2));
      const base = bench.settings(model, 'killed', ...SETTINGS);
      const settings = [...base, '--set', `LIMITS.MAX_COST=${maxCost}`];
      expect(await bench.augmentoolkit('start', settings)).toMatchObject({ code: 0 });
      for (const calls of [15, 40]) {
        const killed = bench.spawn('worker', settings);
        const gone = finish(killed);
        await until(`${calls} calls are answered`, () => model.stats().answered >= calls);
        killed.kill('SIGKILL');
        await gone;
      }
      for (let count = 0; count < 2; count += 1) bench.spawn('worker', settings);
      await waitForStop(settings, model);

      const higher = [...base, '--set', `LIMITS.MAX_COST=${whole * 3}`];
      expect(await bench.augmentoolkit('start', higher)).toMatchObject({ code: 0 });
      expect(await bench.augmentoolkit('watch', higher)).toMatchObject({ code: 0 });
      expect(await readComparable(bench.output('killed'))).toEqual(await readComparable(bench.output('unlimited')));
      const { paid } = await readJson<RunSummary>(bench.output('killed'), 'run.json');
      const twoWays = await readPaidTwoWays(bench.output('killed'));
      expectPaidOnce(twoWays);
      expect(paid.models).toMatchObject(twoWays.accounts);
      expect(paid.cost).toBeCloseTo(whole, 6);
    },
    10 * MINUTES,
  );

  it(
    'pays cached tokens at their own price',
    async () => {
      const model = await bench.model({ profile: 'mixed' });
      const cached = 'PRICES.rehearsal-small.CACHED_INPUT=1';
      const settings = bench.settings(model, 'cached', ...SETTINGS, cached, 'API.LARGE_LOGICAL_MODEL=rehearsal-small');
      expect(await bench.augmentoolkit('run', settings)).toMatchObject({ code: 0 });
      const { paid } = await readJson<RunSummary>(bench.output('cached'), 'run.json');
      const { input, cached: fromCache, output } = model.stats().tokens;
      expect(fromCache).toBeGreaterThan(0);
      expect(paid.cost).toBeCloseTo(((input - fromCache) * 100 + fromCache + output * 400) / 1_000_000, 6);
    },
    5 * MINUTES,
  );

  it('is refused where a price is missing', async () => {
    const settings = bench.settings({ url: 'http://127.0.0.1:9/v1' }, 'unpriced');
    const { code, stderr } = await bench.augmentoolkit('run', [...settings, '--set', 'LIMITS.MAX_COST=1']);
    expect(code).toBe(2);
    expect(stderr).toContain('PRICES.rehearsal-large is not there, and LIMITS.MAX_COST needs it');
  });
});

type Model = Awaited<ReturnType<Workbench['model']>>;

/** Waits until the budget is spent and no call is made any more, and sees that none begins. */
async function waitForStop(settings: string[], model: Model) {
  const output = settings[settings.findIndex((each) => each.startsWith('PATH.OUTPUT='))]?.split('=')[1] ?? '';
  await until(
    'the budget is spent',
    async () => (await readClosedReasons(output)).includes('over budget'),
    2 * MINUTES,
  );
  await until('no call is in flight', () => model.stats().inFlight.now === 0);
  await new Promise((done) => setTimeout(done, WATCHED_MS));
  const { calls } = model.stats();
  await new Promise((done) => setTimeout(done, WATCHED_MS));
  expect(model.stats().calls).toBe(calls);
  const status = await readStatus(settings);
  expect(status.attention).toContainEqual(expect.stringContaining('npx augmentoolkit resume --max-cost N'));
  return { status, calls };
}
