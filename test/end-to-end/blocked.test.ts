import { stageCounts } from '../../src/accounting.js';
import type { RunStatus } from '../../src/cli/run-status.js';
import type { RunSummary } from '../../src/outputs/run-summary.js';
import { finish, until, Workbench } from '../support/command-line.js';
import { readJson } from '../support/dataset.js';
import type { SwitchedAnswer } from '../support/switchable-provider.js';
import { apiError, SwitchableProvider, webPage } from '../support/switchable-provider.js';

const MINUTES = 60_000;
/** Calls in flight: so many may meet a fault before anyone knows of it. */
const LIMIT = 3;
/** A probe is made every 30 s, and may be a little longer or shorter on its way. */
const LEAST_BETWEEN_PROBES_MS = 29_000;

let bench: Workbench;
const providers: SwitchableProvider[] = [];
beforeAll(async () => {
  bench = await Workbench.open();
}, MINUTES);
afterAll(async () => {
  await bench.close();
  await Promise.all(providers.map((provider) => provider.close()));
}, MINUTES);

/** What a provider answers until a person acts, and what that person is told. */
const FAULTS: [told: string, SwitchedAnswer][] = [
  [
    '401 from HOST: Incorrect API key provided: [key]. Check the API key (AUGMENTOOLKIT_API_KEY or API.API_KEY).',
    apiError(401, 'Incorrect API key provided: sk-abcd****wxyz.'),
  ],
  ['402 from HOST: Insufficient credits. Add credit at the provider.', apiError(402, 'Insufficient credits.')],
  [
    '403 from HOST: No access to this model. Check that the API key may use the model rehearsal-small.',
    apiError(403, 'No access to this model.'),
  ],
  [
    '404 from HOST: The model does not exist. Check the model name rehearsal-small and API.BASE_URL.',
    apiError(404, 'The model does not exist.', { code: 'model_not_found' }),
  ],
  [
    '429 from HOST: You exceeded your current quota. The account is used up: add credit at the provider.',
    apiError(429, 'You exceeded your current quota.', { code: 'insufficient_quota' }),
  ],
  [
    '403 from HOST: a web page, "Access denied". ' +
      'That is not how an API answers: check API.BASE_URL, and the proxy or firewall on the way.',
    webPage(403, 'Access denied'),
  ],
];
const REFUSED_PARAMETER = apiError(400, 'Unsupported parameter: top_p.');

async function startBlocked(name: string, chunks: number) {
  const model = await bench.model();
  const provider = await SwitchableProvider.start(model.url);
  providers.push(provider);
  const settings = bench.settings(
    provider,
    name,
    `SYSTEM.CONCURRENCY_LIMIT=${LIMIT}`,
    'SYSTEM.USE_SUBSET=true',
    `SYSTEM.SUBSET_SIZE=${chunks}`,
  );
  return { model, provider, settings, run: () => finish(bench.spawn('run', settings)) };
}

async function isTold(settings: string[], message: string): Promise<boolean> {
  const { attention } = JSON.parse((await bench.augmentoolkit('status', [...settings, '--json'])).stdout) as RunStatus;
  return attention.some((line) => line.includes(message));
}

async function countFailed(name: string): Promise<number> {
  const { funnel } = await readJson<RunSummary>(bench.output(name), 'run.json');
  return stageCounts(funnel).reduce((sum, { failed }) => sum + failed, 0);
}

describe('a provider that answers nothing until a person acts', () => {
  it(
    'is said in words with what to do, tried now and then, and used again by itself once it is put right',
    async () => {
      const { model, provider, settings, run } = await startBlocked('blocked', 5);
      const { host } = new URL(provider.url);
      let [fault] = FAULTS;
      provider.to(() => fault?.[1]);
      const running = run();
      await until('the first fault is met', () => provider.turnedDown > 0, 3 * MINUTES);
      for (fault of FAULTS) {
        const told = fault[0].replace('HOST', host);
        await until(`status says: ${told}`, () => isTold(settings, told), 3 * MINUTES);
      }
      provider.back();
      const { code, stderr } = await running;

      expect(code).toBe(0);
      for (const [told] of FAULTS) expect(stderr).toContain(told.replace('HOST', host));
      expect(await countFailed('blocked')).toBe(0);
      const turnedDown = provider.answered.filter(({ status }) => status !== 200).map(({ at }) => at);
      const [first = 0] = turnedDown;
      // Those in flight when nobody knew, and then one probe after the other.
      const probes = turnedDown.slice(-(FAULTS.length - 1));
      expect(turnedDown.filter((at) => at - first < LEAST_BETWEEN_PROBES_MS).length).toBeLessThanOrEqual(LIMIT);
      expect(probes.every((at, index) => index === 0 || at - (probes[index - 1] ?? 0) >= LEAST_BETWEEN_PROBES_MS)).toBe(
        true,
      );
      expect(model.stats()).toMatchObject({ calls: 5 * 33, repeats: { count: 0, afterAbandoned: 0 } });
    },
    10 * MINUTES,
  );

  it(
    'holds only the step whose first call it does not take',
    async () => {
      const { model, provider, settings, run } = await startBlocked('blocked step', 2);
      provider.to(({ step }) => (step === 'check-answer-accuracy' ? REFUSED_PARAMETER : undefined));
      const running = run();
      await until('the fault is met', () => provider.turnedDown > 0, 3 * MINUTES);
      const told =
        `check-answer-accuracy: 400 from ${new URL(provider.url).host}: Unsupported parameter: top_p. ` +
        `No call of this kind has worked with rehearsal-small yet: check the model and its settings.`;
      await until(`status says: ${told}`, () => isTold(settings, told), 3 * MINUTES);
      const others = {
        'judge-paragraph': 2,
        'generate-questions': 2,
        'check-question': 16,
        'check-answer-relevancy': 16,
      };
      await until('the other steps are done', () => model.stats().answered === 36);
      expect(model.stats().answeredByStep).toEqual(others);
      provider.back();

      expect(await running).toMatchObject({ code: 0 });
      expect(await countFailed('blocked step')).toBe(0);
      expect(provider.turnedDown).toBeLessThanOrEqual(LIMIT + 2);
      expect(model.stats()).toMatchObject({ calls: 66, repeats: { count: 0, afterAbandoned: 0 } });
    },
    10 * MINUTES,
  );
});
