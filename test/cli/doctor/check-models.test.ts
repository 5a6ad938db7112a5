import { checkCall, samplingOf } from '../../../src/cli/doctor/check-call.js';
import { checkService } from '../../../src/cli/doctor/check-models.js';
import { type ModelUse, modelUses } from '../../../src/cli/doctor/model-uses.js';
import { nearestModels } from '../../../src/cli/doctor/nearest-models.js';
import {
  completion,
  modelList,
  refusal,
  type ServiceAnswer,
  type StrictService,
  strictService,
} from '../../support/strict-service.js';
import { loaded } from './settings.js';

const KEY = 'sk-hush-0123456789';
const MODEL = 'mill/grist-70b-turbo';
const HTML: ServiceAnswer = { status: 200, body: '<html>Sign in</html>' };

let service: StrictService | undefined;
afterEach(async () => {
  await service?.close();
  service = undefined;
});

async function serve(answer: ServiceAnswer, ...set: string[]) {
  service = await strictService(() => answer);
  const found = await loaded([
    `API.BASE_URL=${service.url}`,
    `API.LOGICAL_MODEL=${MODEL}`,
    `API.API_KEY=${KEY}`,
    ...set,
  ]);
  const [first, ...others] = modelUses(found) as [ModelUse, ...ModelUse[]];
  return { settings: found.settings, uses: [first, ...others] as const, use: first };
}

async function askForList(answer: ServiceAnswer, isCallNext = true) {
  const { uses } = await serve(answer);
  return checkService(uses, { isCallNext });
}

describe('the list of models', () => {
  it.each<[string, ServiceAnswer, string, RegExp]>([
    ['with the model', modelList('other', MODEL), 'ok', /is listed/],
    ['as a bare array', { status: 200, body: [{ id: MODEL }] }, 'ok', /is listed/],
    ['with models/ before the names', modelList(`models/${MODEL}`), 'ok', /is listed/],
    [
      'without the model',
      modelList('mill/grist-8b', 'mill/grist-70b'),
      'note',
      /nearest it lists: mill\/grist-70b, mill/,
    ],
    ['with nothing', modelList(), 'note', /it lists none/],
    ['that is not there', refusal(404, 'Unknown request URL'), 'ok', /lists no models; the call decides/],
    ['that this key may not see', refusal(403, 'Missing scopes: api.model.read'), 'ok', /the call decides/],
    ['that is a page', HTML, 'ok', /the call decides/],
    ['from a busy service', refusal(429, 'Rate limit reached'), 'note', /^429 .*cannot be had now$/],
    ['from a broken one', refusal(503, 'overloaded'), 'note', /^503 /],
  ])('%s: %s', async (_name, answer, state, says) => {
    const { findings, needs } = await askForList(answer);
    expect(findings).toEqual([{ check: 'models', state, message: expect.stringMatching(says) }]);
    expect(needs).toBeUndefined();
  });

  it('is no verdict where no call follows either, as some services list only a part', async () => {
    const { findings } = await askForList(modelList('other'), false);
    expect(findings).toMatchObject([{ state: 'note', message: expect.stringContaining('API.LOGICAL_MODEL') }]);
  });

  it('a wrong key stops there, is said once, and is not shown', async () => {
    const { uses } = await serve(refusal(401, `Incorrect API key provided: ${KEY}`), 'API.LARGE_LOGICAL_MODEL=large');
    expect(uses).toHaveLength(2);
    const { findings, needs } = await checkService(uses, { isCallNext: true });
    expect(findings).toMatchObject([{ state: 'fix', message: expect.stringContaining('Check the API key') }]);
    expect(needs).toMatch(/^an answer from/);
    expect(JSON.stringify(findings)).not.toContain('hush');
    expect(service?.calls).toMatchObject([{ request: 'GET /v1/models', key: KEY }]);
  });

  it('a server that is not there is to be started', async () => {
    const { uses } = await serve(HTML);
    await service?.close();
    service = undefined;
    const { findings } = await checkService(uses, { isCallNext: true });
    expect(findings).toMatchObject([
      { state: 'fix', message: expect.stringMatching(/could not be reached: .+\. Start the server/) },
    ]);
  });

  it('is not asked for without a key', async () => {
    const uses = modelUses(await loaded(['API.BASE_URL=https://api.example.com/v1']));
    const { findings, needs } = await checkService(uses as [ModelUse], { isCallNext: true });
    expect(findings).toMatchObject([{ state: 'skipped' }]);
    expect(needs).toBe('the key');
  });
});

describe('a real call', () => {
  async function call(answer: ServiceAnswer, ...set: string[]) {
    const { use, settings } = await serve(answer, ...set);
    return checkCall(use, settings, undefined);
  }

  it.each<[string, ServiceAnswer, string, RegExp]>([
    ['is answered', completion('open'), 'ok', /^mill\/grist-70b-turbo answers \(1,024 tokens in, 2 out\)$/],
    ['ends in thinking', completion('', 'length'), 'note', /came to no answer within 200 tokens.*larger max_tokens/s],
    ['has an empty answer', completion(''), 'note', /answers with nothing/],
    [
      'meets an unknown model',
      refusal(404, 'No such model', 'model_not_found'),
      'fix',
      /Check the model name mill\/grist/,
    ],
    ['meets an empty account', refusal(402, 'Payment required'), 'fix', /Add credit/],
    ['meets a limit', refusal(429, 'Rate limit reached'), 'note', /A run waits and slows down by itself/],
    ['meets a service in trouble', refusal(503, 'overloaded'), 'note', /^503 .*a run waits and goes on/],
    ['meets a page', HTML, 'fix', /a web page in place of a completion\. Check API\.BASE_URL/],
    [
      'has a parameter refused',
      refusal(400, "Unsupported value: 'temperature'"),
      'fix',
      /Unsupported value: 'temperature'.*It was sent temperature 0\.2, top_p 1: prompts of your own/s,
    ],
  ])('that %s', async (_name, answer, state, says) => {
    expect(await call(answer)).toEqual({ check: 'call', state, message: expect.stringMatching(says) });
  });

  it('is small, and sends what a step sends', async () => {
    await call(completion('open'));
    expect(service?.calls).toMatchObject([
      {
        request: 'POST /v1/chat/completions',
        key: KEY,
        body: {
          model: MODEL,
          temperature: 0.2,
          top_p: 1,
          max_tokens: 200,
          messages: [{ role: 'system' }, { role: 'user' }],
        },
      },
    ]);
  });
});

describe('samplingOf', () => {
  const stopping = {
    'revise-context': {
      step: 'revise-context',
      file: 'f',
      messages: [],
      hash: 'h',
      sampling: { stop: ['###'], temperature: 1 },
    },
  };

  it('takes the step that sends most', async () => {
    const { settings } = await loaded();
    expect(samplingOf({ roles: ['logical'] }, settings, stopping)).toMatchObject({
      temperature: 1,
      top_p: 1,
      stop: ['###'],
    });
    expect(samplingOf({ roles: ['large'] }, settings, stopping)).not.toHaveProperty('stop');
  });

  it('leaves stop out where the settings do', async () => {
    const { settings } = await loaded(['SYSTEM.STOP=false']);
    expect(samplingOf({ roles: ['logical'] }, settings, stopping)).not.toHaveProperty('stop');
  });
});

it.each([
  ['grist-70b', ['mill/grist-8b', 'loom/weft', 'mill/Grist-70B-turbo'], 'mill/Grist-70B-turbo'],
  ['mill/grist-70b-turbo-free', ['mill/grist-8b', 'other/grist-70b-turbo'], 'other/grist-70b-turbo'],
  ['gristt-8b', ['loom/weft', 'mill/grist-8b'], 'mill/grist-8b'],
])('for %s of %j the nearest is %s', (unknown, names, nearest) => {
  expect(nearestModels(unknown, names)[0]).toBe(nearest);
});
