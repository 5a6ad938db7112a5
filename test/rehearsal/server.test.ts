import { once } from 'node:events';
import OpenAI, { APIConnectionError, APIError, APIUserAbortError } from 'openai';
import { ListenError, startRehearsal } from '../../src/rehearsal/server.js';
import type { Rehearsal, RehearsalOptions } from '../../src/rehearsal/server.js';
import { ODD_TEXTS } from './odd-texts.js';
import { sampleMessages } from './sample-prompts.js';

const PLAIN: RehearsalOptions = { port: 0, latencyMs: 0, jitterMs: 0, profile: 'agreeable', faults: {}, seed: 1 };
const MESSAGES = sampleMessages({ text: ODD_TEXTS['prose'] ?? '' });
const open: Rehearsal[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((rehearsal) => rehearsal.close()));
});

async function start(options: Partial<RehearsalOptions> = {}): Promise<{ rehearsal: Rehearsal; client: OpenAI }> {
  const rehearsal = await startRehearsal({ ...PLAIN, ...options });
  open.push(rehearsal);
  return { rehearsal, client: new OpenAI({ baseURL: rehearsal.url, apiKey: 'any', maxRetries: 0 }) };
}

function headers(call: string, step = 'generate-questions'): { headers: Record<string, string> } {
  return { headers: { 'X-Augmentoolkit-Step': step, 'X-Augmentoolkit-Call': `mill-00001-abcdef01/${call}` } };
}

function ask(client: OpenAI, call: string, options: { signal?: AbortSignal } = {}): Promise<OpenAI.ChatCompletion> {
  const body = { model: 'rehearsal', messages: MESSAGES };
  return client.chat.completions.create(body, { ...headers(call), ...options });
}

function post(rehearsal: Rehearsal): Promise<Response> {
  const body = JSON.stringify({ model: 'rehearsal', messages: MESSAGES });
  return fetch(`${rehearsal.url}/chat/completions`, { method: 'POST', body });
}

async function statsOf(rehearsal: Rehearsal, path = '/stats'): Promise<unknown> {
  const response = await fetch(new URL(path, rehearsal.url));
  return response.json();
}

describe('with the openai package as client', () => {
  it('answers a chat call with usage, and says on the second one what was cached', async () => {
    const { client } = await start();
    const first = await ask(client, 'generate');
    expect(first.choices[0]).toMatchObject({ finish_reason: 'stop', message: { role: 'assistant' } });
    expect(first.choices[0]?.message.content).toContain('4. Question: ');
    const usage = first.usage ?? { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
    expect(usage.prompt_tokens).toBeGreaterThan(100);
    expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens);
    const second = await ask(client, 'generate.b');
    expect(first.usage?.prompt_tokens_details?.cached_tokens).toBe(0);
    expect(second.usage?.prompt_tokens_details?.cached_tokens).toBe(usage.prompt_tokens);
  });

  it('answers a completion call', async () => {
    const { client } = await start();
    const prompt = `Write questions.\n\n${String(MESSAGES[1]?.content)}`;
    const reply = await client.completions.create({ model: 'rehearsal-large', prompt }, headers('generate'));
    expect(reply.choices[0]).toMatchObject({ finish_reason: 'stop' });
    expect(reply.choices[0]?.text).toContain('1. Question: ');
  });

  it('lists its models', async () => {
    const { client } = await start();
    const models = await client.models.list();
    expect(models.data.map(({ id }) => id)).toEqual(['rehearsal', 'rehearsal-large']);
  });

  it('gives the same reply after a restart', async () => {
    const before = await start({ profile: 'mixed' });
    const reply = await ask(before.client, 'generate');
    await before.rehearsal.close();
    const after = await start({ profile: 'mixed' });
    expect((await ask(after.client, 'generate')).choices).toEqual(reply.choices);
  });

  it('takes content in parts, and other headers than ours', async () => {
    const { client } = await start();
    const content = [{ type: 'text' as const, text: 'Who are you?' }];
    const reply = await client.chat.completions.create({ model: 'rehearsal', messages: [{ role: 'user', content }] });
    expect(reply.choices[0]?.message.content).toMatch(/^This is the rehearsal model/);
  });
});

describe('refusals', () => {
  it('serves no model of another name', async () => {
    const { client } = await start();
    const call = client.chat.completions.create({ model: 'gpt-4o', messages: MESSAGES });
    await expect(call).rejects.toMatchObject({ status: 404, code: 'model_not_found', type: 'invalid_request_error' });
  });

  it.each([
    ['no JSON', '{"model": ', 400, null],
    ['no messages', '{"model": "rehearsal"}', 400, 'messages'],
    ['an empty list of messages', '{"model": "rehearsal", "messages": []}', 400, 'messages'],
    ['a message without a role', '{"model": "rehearsal", "messages": [{"content": "x"}]}', 400, 'messages.0.role'],
    [
      'streaming',
      '{"model": "rehearsal", "messages": [{"role": "user", "content": "x"}], "stream": true}',
      400,
      'stream',
    ],
  ])('says what is wrong with %s', async (_name, body, status, param) => {
    const { rehearsal } = await start();
    const response = await fetch(`${rehearsal.url}/chat/completions`, { method: 'POST', body });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      error: { message: expect.any(String), type: 'invalid_request_error', param, code: null },
    });
    expect(rehearsal.stats().calls).toBe(0);
  });

  it('knows no other address', async () => {
    const { rehearsal } = await start();
    const response = await fetch(`${rehearsal.url}/embeddings`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'unknown_url' } });
  });

  it('says which port is in use, and what to do', async () => {
    const { rehearsal } = await start();
    const second = startRehearsal({ ...PLAIN, port: rehearsal.port });
    await expect(second).rejects.toBeInstanceOf(ListenError);
    await expect(second).rejects.toThrow(
      `Port ${rehearsal.port} on 127.0.0.1 is in use by another program. Choose another`,
    );
  });
});

describe('transport faults', () => {
  it.each([
    ['429', { status: 429, code: 'rate_limit_exceeded' }],
    ['bare429', { status: 429, code: 'rate_limit_exceeded' }],
    ['500', { status: 500, type: 'server_error' }],
    ['502', { status: 502 }],
    ['503', { status: 503, code: 'overloaded' }],
    ['504', { status: 504 }],
  ] as const)('%s', async (fault, error) => {
    const { rehearsal, client } = await start({ faults: { [fault]: 1 } });
    await expect(ask(client, 'generate')).rejects.toMatchObject(error);
    expect(rehearsal.stats()).toMatchObject({ calls: 1, answered: 0, faults: { [fault]: 1 }, inFlight: { now: 0 } });
  });

  it.each([
    ['429', '1'],
    ['bare429', null],
  ])('%s says when to come back: %s', async (fault, retryAfter) => {
    const { rehearsal } = await start({ faults: { [fault]: 1 } });
    expect((await post(rehearsal)).headers.get('retry-after')).toBe(retryAfter);
  });

  it('reset cuts the connection', async () => {
    const { rehearsal, client } = await start({ faults: { reset: 1 } });
    await expect(ask(client, 'generate')).rejects.toBeInstanceOf(APIConnectionError);
    expect(rehearsal.stats()).toMatchObject({ faults: { reset: 1 }, abandoned: 0 });
  });

  it.each([
    ['html', 200, 'The gateway is busy'],
    ['502', 502, 'The gateway is busy'],
    ['504', 504, 'Gateway time-out'],
  ])('%s is a page in place of an answer', async (fault, status, words) => {
    const { rehearsal } = await start({ faults: { [fault]: 1 } });
    const response = await post(rehearsal);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain(words);
  });

  it('mistyped is a good answer that calls itself a page, and was given', async () => {
    const { rehearsal } = await start({ faults: { mistyped: 1 } });
    const response = await post(rehearsal);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.json()).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
    expect(rehearsal.stats()).toMatchObject({ answered: 1, faults: { mistyped: 1 } });
  });

  it('empty is an answer without choices', async () => {
    const { rehearsal, client } = await start({ faults: { empty: 1 } });
    expect((await ask(client, 'generate')).choices).toEqual([]);
    expect(rehearsal.stats()).toMatchObject({ answered: 0, faults: { empty: 1 } });
  });

  it('hang answers never, until the client goes away', async () => {
    const { rehearsal, client } = await start({ faults: { hang: 1 } });
    const abort = new AbortController();
    const call = ask(client, 'generate', { signal: abort.signal });
    await untilInFlight(rehearsal, 1);
    abort.abort();
    await expect(call).rejects.toBeInstanceOf(APIUserAbortError);
    await untilInFlight(rehearsal, 0);
    expect(rehearsal.stats()).toMatchObject({ calls: 1, answered: 0, abandoned: 0, faults: { hang: 1 } });
  });

  it('are drawn anew for each delivery, so that a call comes through in the end', async () => {
    const { rehearsal, client } = await start({ faults: { '500': 0.7 } });
    let tries = 0;
    for (let done = false; !done && tries < 100; tries += 1) {
      done = await ask(client, 'generate').then(
        () => true,
        () => false,
      );
    }
    expect(rehearsal.stats()).toMatchObject({ calls: tries, answered: 1, repeats: { count: 0 } });
    expect(await statsOf(rehearsal, '/stats/calls')).toEqual({
      'mill-00001-abcdef01/generate': { deliveries: tries, inFlight: 0, answered: 1, abandoned: 0 },
    });
  });
});

describe('rate limits', () => {
  it('refuse the call that is one too many', async () => {
    const { rehearsal, client } = await start({ rpm: 2 });
    const { response } = await client.chat.completions
      .create({ model: 'rehearsal', messages: MESSAGES }, headers('judge'))
      .withResponse();
    expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('1');
    await ask(client, 'generate');
    const third = ask(client, 'generate.b');
    await expect(third).rejects.toMatchObject({ status: 429, code: 'rate_limit_exceeded', type: 'requests' });
    const refusal: unknown = await third.catch((error: unknown) => error);
    const wait = refusal instanceof APIError ? Number(refusal.headers?.get('retry-after')) : 0;
    expect(wait).toBeGreaterThan(50);
    expect(wait).toBeLessThanOrEqual(60);
    expect(rehearsal.stats().faults).toEqual({ limit: 1 });
  });

  it('count tokens, too', async () => {
    const { client } = await start({ tpm: 50 });
    await expect(ask(client, 'generate')).rejects.toMatchObject({ status: 429, type: 'tokens' });
  });
});

describe('PUT /limits', () => {
  const put = (rehearsal: Rehearsal, body: string) => fetch(new URL('/limits', rehearsal.url), { method: 'PUT', body });

  it('changes the limits; what was taken stays counted', async () => {
    const { rehearsal, client } = await start({});
    await ask(client, 'generate');
    expect((await put(rehearsal, '{"rpm": 1}')).status).toBe(204);
    await expect(ask(client, 'generate.b')).rejects.toMatchObject({ status: 429, type: 'requests' });
    expect((await put(rehearsal, '{}')).status).toBe(204);
    await ask(client, 'generate.b');
  });

  it.each(['', 'null', '{"rpm": 0}', '{"rpm": "9"}', '{"calls": 9}'])('refuses %j', async (body) => {
    const { rehearsal } = await start({});
    const answer = await put(rehearsal, body);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('whole numbers above 0');
  });
});

describe('calls in flight', () => {
  it('are seen while they wait, and the same call id twice at a time is noted', async () => {
    const { rehearsal, client } = await start({ latencyMs: 60_000 });
    const abort = new AbortController();
    const calls = ['generate', 'generate', 'judge'].map((call) => ask(client, call, { signal: abort.signal }));
    await untilInFlight(rehearsal, 3);
    expect(await statsOf(rehearsal)).toMatchObject({
      inFlight: { now: 3, peak: 3 },
      repeats: { count: 1, inFlight: 1 },
    });
    abort.abort();
    const ends = await Promise.allSettled(calls);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await untilInFlight(rehearsal, 0);
    expect(rehearsal.stats()).toMatchObject({ answered: 0, abandoned: 3 });
  });

  it('do not keep the server from closing', async () => {
    const { rehearsal, client } = await start({ faults: { hang: 1 } });
    const call = ask(client, 'generate');
    await untilInFlight(rehearsal, 1);
    const [ended] = await Promise.allSettled([call, rehearsal.close()]);
    expect(ended.status).toBe('rejected');
    open.splice(0);
  });

  it('wait for their latency', async () => {
    const { rehearsal, client } = await start({ latencyMs: 30, jitterMs: 10 });
    await Promise.all(['a', 'b', 'c', 'd'].map((call) => ask(client, call)));
    const { inFlight, answered } = rehearsal.stats();
    expect({ answered, now: inFlight.now }).toEqual({ answered: 4, now: 0 });
    expect(inFlight.mean).toBeGreaterThan(0);
  });
});

async function untilInFlight(rehearsal: Rehearsal, count: number): Promise<void> {
  while (rehearsal.stats().inFlight.now !== count) await once(AbortSignal.timeout(5), 'abort');
}
