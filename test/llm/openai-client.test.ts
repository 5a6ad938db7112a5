import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallFailure } from '../../src/llm/errors.js';
import { ModelCallError } from '../../src/llm/errors.js';
import type { ModelReply } from '../../src/llm/model-client.js';
import { OpenAiClient, type OpenAiClientOptions } from '../../src/llm/openai-client.js';
import type { ModelRequest } from '../../src/call-record.js';
import { freePort } from '../support/free-port.js';
import { sampleRequest } from '../support/sample-records.js';

const KEY = 'abcd1234efgh5678';
const HEADERS = {
  'X-Augmentoolkit-Step': 'check-question',
  'X-Augmentoolkit-Call': 'canals-0a1b2c-00002-89abcdef/q1.v1.question.1',
};

interface Received {
  url: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

type Answer = (response: ServerResponse, request: Received) => void;

/** A provider that answers as its script says, and fails the test when the script runs out. */
class Provider {
  readonly received: Received[] = [];
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  }

  static async start(...script: Answer[]): Promise<Provider> {
    const server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8');
      request.on('data', (part: string) => (text += part));
      request.on('end', () => {
        const received = {
          url: request.url ?? '',
          headers: request.headers,
          body: JSON.parse(text) as Received['body'],
        };
        provider.received.push(received);
        const answer = script.shift() ?? json(418, { error: { message: 'the script has run out' } });
        answer(response, received);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const provider = new Provider(server);
    open.push(provider);
    return provider;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

const open: Provider[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((provider) => provider.close()));
});

function send(status: number, type: string, body: string, headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(status, { 'content-type': type, ...headers }).end(body);
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return send(status, 'application/json', JSON.stringify(body), headers);
}

function completion(content: unknown, rest: { finish_reason?: string; usage?: unknown } = {}): Answer {
  const { finish_reason: reason = 'stop', usage } = rest;
  const choices = [{ index: 0, finish_reason: reason, message: { role: 'assistant', content } }];
  return json(200, { id: 'x', object: 'chat.completion', choices, usage });
}

function failing(status: number, message: string, rest: object = {}, headers: Record<string, string> = {}): Answer {
  return json(status, { error: { message, ...rest } }, headers);
}

function clientOf(provider: Pick<Provider, 'url'>, options: Partial<OpenAiClientOptions> = {}): OpenAiClient {
  return new OpenAiClient({ baseUrl: provider.url, apiKey: KEY, keySetting: 'API_KEY', timeoutMs: 20_000, ...options });
}

function ask(client: OpenAiClient, request: ModelRequest = sampleRequest('Why?')): Promise<ModelReply> {
  return client.complete(request, { headers: HEADERS });
}

async function failureOf(asking: Promise<ModelReply>): Promise<CallFailure> {
  const error: unknown = await asking.then(
    () => new Error('it was answered'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ModelCallError)) throw error;
  return error.failure;
}

describe('a call that is answered', () => {
  it('sends the request as it is, with key and headers, once', async () => {
    const provider = await Provider.start(completion('Verdict: RELEVANT'));
    const request = sampleRequest('Größe „{question}“ $& \u2028?');
    await ask(clientOf(provider), request);
    const [received] = provider.received;
    expect(received?.url).toBe('/v1/chat/completions');
    expect(received?.body).toEqual({
      model: 'rehearsal',
      messages: request.messages,
      temperature: 0.2,
      top_p: 1,
      max_tokens: 1_000,
      stream: false,
    });
    expect(received?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      'x-augmentoolkit-step': HEADERS['X-Augmentoolkit-Step'],
      'x-augmentoolkit-call': HEADERS['X-Augmentoolkit-Call'],
    });
    expect(provider.received).toHaveLength(1);
  });

  it('gives text, reason of the end, and usage with what was cached', async () => {
    const usage = { prompt_tokens: 900, completion_tokens: 40, prompt_tokens_details: { cached_tokens: 700 } };
    const provider = await Provider.start(completion('Notes.\nVerdict: RELEVANT', { finish_reason: 'length', usage }));
    expect(await ask(clientOf(provider))).toEqual({
      text: 'Notes.\nVerdict: RELEVANT',
      finishReason: 'length',
      usage: { prompt: 900, cached: 700, completion: 40 },
    });
  });

  it('sends stop strings where there are some', async () => {
    const provider = await Provider.start(completion('x'));
    const request = sampleRequest('Why?');
    await ask(clientOf(provider), { ...request, sampling: { ...request.sampling, stop: ['\n\n', 'User:'] } });
    expect(provider.received[0]?.body).toMatchObject({ stop: ['\n\n', 'User:'] });
  });

  it.each([
    ['text/plain', 'text/plain; charset=utf-8'],
    ['text/html', 'text/html'],
    ['nothing', ''],
  ])('is taken, since it is paid for, where it calls itself %s', async (_what, type) => {
    const choices = [{ finish_reason: 'stop', message: { role: 'assistant', content: 'Verdict: RELEVANT' } }];
    const provider = await Provider.start(send(200, type, `\n${JSON.stringify({ choices })}`));
    expect(await ask(clientOf(provider))).toMatchObject({ text: 'Verdict: RELEVANT', finishReason: 'stop' });
  });

  it('is cut where it goes on beyond what its max_tokens can hold', async () => {
    const provider = await Provider.start(completion('word '.repeat(100_000)), completion('x'.repeat(10_000)));
    const client = clientOf(provider);
    expect(await ask(client)).toMatchObject({ text: 'word '.repeat(2_000), finishReason: 'too long' });
    expect(await ask(client)).toMatchObject({ text: 'x'.repeat(10_000), finishReason: 'stop' });
  });

  it('does not show the key that it repeats', async () => {
    const text = `Your headers: Authorization: Bearer ${KEY}; ends in ${KEY.slice(-8)}.`;
    const provider = await Provider.start(completion(text, { finish_reason: KEY }));
    expect(await ask(clientOf(provider))).toMatchObject({
      text: 'Your headers: Authorization: Bearer [key]; ends in [key].',
      finishReason: '[key]',
    });
  });

  it('counts nothing that is no number', async () => {
    const usage = { prompt_tokens: '900', completion_tokens: -1, prompt_tokens_details: { cached_tokens: null } };
    const provider = await Provider.start(completion('x', { usage }), completion('x', { usage: null }));
    const client = clientOf(provider);
    for (const _time of [1, 2]) {
      expect((await ask(client)).usage).toEqual({ prompt: 0, cached: 0, completion: 0 });
    }
  });

  it('needs no key where the endpoint needs none', async () => {
    const provider = await Provider.start(completion('x'));
    expect((await ask(clientOf(provider, { apiKey: '' }))).text).toBe('x');
  });

  it.each([
    ['no choices', json(200, { choices: [] }), 'none'],
    ['no words', completion(null), 'stop'],
    ['an empty choice', json(200, { choices: [null] }), 'none'],
    ['an odd end', completion(null, { finish_reason: 5 as never }), 'none'],
    ['words in another form', completion([{ type: 'text', text: 'x' }]), 'stop'],
  ])('has no text where the provider sent %s', async (_what, answer, finishReason) => {
    const provider = await Provider.start(answer);
    const usage = { prompt: 0, cached: 0, completion: 0 };
    expect(await ask(clientOf(provider))).toEqual({ text: '', finishReason, usage });
  });
});

describe('a call that fails', () => {
  const page = '<html><body>Please log in</body></html>';
  const LONG_PROMPT = 'maximum context length is 8192 tokens';
  const cases: [string, Answer, Partial<CallFailure>][] = [
    ['401', failing(401, 'Incorrect API key provided'), { kind: 'blocked' }],
    ['402', failing(402, 'Insufficient balance'), { kind: 'blocked' }],
    ['403', failing(403, 'No access to the model'), { kind: 'blocked' }],
    [
      '403 of moderation',
      failing(403, 'The input was flagged', { metadata: { reasons: ['violence'] } }),
      { kind: 'refused' },
    ],
    ['404', failing(404, 'The model does not exist', { code: 'model_not_found' }), { kind: 'blocked' }],
    ['404 with a page', send(404, 'text/html', page), { kind: 'blocked' }],
    ['403 with a page', send(403, 'text/html', page), { kind: 'blocked', reason: '403' }],
    ['429', failing(429, 'Rate limit reached'), { kind: 'transport', rateLimited: true }],
    [
      '429 with Retry-After',
      failing(429, 'Rate limit reached', {}, { 'retry-after': '7' }),
      { kind: 'transport', rateLimited: true, retryAfterMs: 7_000 },
    ],
    [
      '429 with milliseconds',
      failing(429, 'Rate limit reached', {}, { 'retry-after-ms': '350' }),
      { kind: 'transport', rateLimited: true, retryAfterMs: 350 },
    ],
    ['insufficient_quota', failing(429, 'Quota exceeded', { code: 'insufficient_quota' }), { kind: 'blocked' }],
    ['500', failing(500, 'The server had an error'), { kind: 'transport' }],
    ['502 with a page', send(502, 'text/html', '<html>Bad Gateway</html>'), { kind: 'transport' }],
    ['503 without a body', send(503, 'text/plain', ''), { kind: 'transport' }],
    ['a page instead of a completion', send(200, 'text/html', page), { kind: 'transport' }],
    ['broken JSON', send(200, 'application/json', '{"choices": [{"mess'), { kind: 'transport' }],
    ['a page that calls itself JSON', send(200, 'application/json', page), { kind: 'transport' }],
    ['other JSON', json(200, { status: 'ok' }), { kind: 'transport' }],
    [
      'an error in a good answer',
      json(200, { error: { code: 429, message: 'upstream' } }),
      { kind: 'transport', rateLimited: true },
    ],
    ['an empty account in a good answer', json(200, { error: { code: 402, message: 'credits' } }), { kind: 'blocked' }],
    ['no content at all', (response) => response.writeHead(204).end(), { kind: 'transport' }],
    ['407', (response) => response.writeHead(407).end(), { kind: 'transport' }],
    ['nothing', send(200, 'application/json', ''), { kind: 'transport' }],
    [
      'a content filter',
      completion('He', { finish_reason: 'content_filter', usage: { prompt_tokens: 900, completion_tokens: 7 } }),
      { kind: 'refused', usage: { prompt: 900, cached: 0, completion: 7 } },
    ],
    ['a long prompt', failing(400, 'maximum context length is 8192 tokens'), { kind: 'refused' }],
    ['a long prompt, in a bare message', json(400, { object: 'error', message: LONG_PROMPT }), { kind: 'refused' }],
    ['a long prompt, as a detail', json(400, { detail: LONG_PROMPT }), { kind: 'refused' }],
    ['a long prompt, in a list of details', json(422, { detail: [{ msg: LONG_PROMPT }] }), { kind: 'refused' }],
    ['a long prompt, in a list', json(400, [{ error: { code: 400, message: LONG_PROMPT } }]), { kind: 'refused' }],
    ['a long prompt, as text', send(400, 'text/plain', LONG_PROMPT), { kind: 'refused' }],
    ['an odd 400', failing(400, 'Unsupported value: temperature'), { kind: 'blocked' }],
    ['a connection that breaks', (response) => response.destroy(), { kind: 'transport' }],
    [
      'a connection that breaks in the answer',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' }).write('{"choi');
        setImmediate(() => response.destroy());
      },
      { kind: 'transport' },
    ],
  ];

  it.each(cases)('%s', async (_what, answer, expected) => {
    const provider = await Provider.start(answer);
    const failure = await failureOf(ask(clientOf(provider)));
    expect(failure).toMatchObject({ rateLimited: false, ...expected });
    expect(failure.retryAfterMs).toBe(expected.retryAfterMs);
    expect(failure.message).toContain(new URL(provider.url).host);
    // The package must not retry: Temporal does.
    expect(provider.received).toHaveLength(1);
  });

  it.each([
    [
      'a title',
      '<!DOCTYPE html><html><head><title>Access\n denied</title></head></html>',
      'a web page, "Access denied"',
    ],
    ['a heading', '<html><body><h1>502 Bad Gateway</h1></body></html>', 'a web page, "502 Bad Gateway"'],
    ['neither', '<html></html>', 'a web page'],
    ['no end', `<html><title>Busy</title>${'<p>x'.repeat(500_000)}`, 'a web page, "Busy"'],
  ])('is told in words where it is a page with %s', async (_what, html, words) => {
    const provider = await Provider.start(send(502, 'text/html', html), send(200, 'text/html', html));
    const { host } = new URL(provider.url);
    const client = clientOf(provider);
    expect((await failureOf(ask(client))).message).toBe(`502 from ${host}: ${words}`);
    expect((await failureOf(ask(client))).message).toBe(`${host} sent ${words} in place of a completion`);
  });

  it.each([200, 500])('with %i, is ended where the answer never ends', async (status) => {
    const provider = await Provider.start((response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(100_000)));
      };
      response.on('drain', more);
      more();
    });
    const { host } = new URL(provider.url);
    expect(await failureOf(ask(clientOf(provider)))).toEqual({
      kind: 'transport',
      message: `${host} sent more than 8 MB and did not come to an end`,
      reason: 'endless answer',
      rateLimited: false,
    });
  });

  it('where nothing listens', async () => {
    const failure = await failureOf(ask(clientOf({ url: `http://127.0.0.1:${await freePort()}/v1` })));
    expect(failure.kind).toBe('transport');
    expect(failure.message).toContain('could not be reached');
  });

  it.each([
    ['in an error', failing(401, `Incorrect API key provided: ${KEY}. Bearer ${KEY}`)],
    ['as text', json(500, { error: `upstream said no to ${KEY}` })],
    ['in a title', send(403, 'text/html', `<html><title>${KEY}</title></html>`)],
    ['in a page', send(403, 'text/html', `<html>${KEY}</html>`)],
    ['in broken JSON', send(200, 'application/json', `${KEY} {`)],
    ['masked', failing(401, `Key ${KEY.slice(0, 4)}****${KEY.slice(-4)} is wrong`)],
  ])('never shows the key that the provider repeats %s', async (_what, answer) => {
    const provider = await Provider.start(answer);
    const error: unknown = await ask(clientOf(provider)).catch((reason: unknown) => reason);
    const all = JSON.stringify([error, (error as Error).message, (error as Error).stack, (error as Error).cause]);
    expect(error).toBeInstanceOf(ModelCallError);
    expect(all).not.toMatch(new RegExp(`${KEY.slice(0, 4)}|${KEY.slice(-4)}`));
  });
});

describe('an odd 4xx', () => {
  it('is about the one request once this step had an answer from this model', async () => {
    const odd = failing(422, 'Unprocessable');
    const provider = await Provider.start(odd, completion('x'), odd, odd);
    const client = clientOf(provider);
    expect((await failureOf(ask(client))).kind).toBe('blocked');
    await ask(client);
    expect((await failureOf(ask(client))).kind).toBe('refused');
    expect((await failureOf(ask(client, sampleRequest('Why?', 'other-model')))).kind).toBe('blocked');
  });
});

describe('a provider that does not answer in time', () => {
  const never: Answer = () => {};
  const headersOnly: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write(' ');
  };
  /** Some providers send blanks to keep the connection open while they work. */
  const blanks: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  };

  it.each([
    ['says nothing', never],
    ['sends only headers', headersOnly],
    ['sends blanks for ever', blanks],
  ])('%s', async (_what, answer) => {
    const provider = await Provider.start(answer);
    const failure = await failureOf(ask(clientOf(provider, { timeoutMs: 200 })));
    const { host } = new URL(provider.url);
    const message = `No answer from ${host} within 0.2 s`;
    expect(failure).toEqual({ kind: 'transport', message, reason: 'timeout', rateLimited: false });
  });
});

describe('a model that takes only max_completion_tokens', () => {
  const wrongName = failing(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.");

  it('gets it, at once and from then on', async () => {
    const provider = await Provider.start(wrongName, completion('first'), completion('second'));
    const client = clientOf(provider);
    expect((await ask(client)).text).toBe('first');
    expect((await ask(client)).text).toBe('second');
    const names = provider.received.map(({ body }) => Object.keys(body).filter((key) => key.startsWith('max_')));
    expect(names).toEqual([['max_tokens'], ['max_completion_tokens'], ['max_completion_tokens']]);
    expect(provider.received[1]?.body['max_completion_tokens']).toBe(1_000);
  });

  it('changes nothing for other models', async () => {
    const provider = await Provider.start(wrongName, completion('x'), completion('y'));
    const client = clientOf(provider);
    await ask(client, sampleRequest('Why?', 'new-model'));
    await ask(client, sampleRequest('Why?', 'old-model'));
    expect(provider.received[2]?.body).toMatchObject({ model: 'old-model', max_tokens: 1_000 });
  });

  it('is not tried a third time', async () => {
    const provider = await Provider.start(wrongName, wrongName);
    expect((await failureOf(ask(clientOf(provider)))).kind).toBe('blocked');
    expect(provider.received).toHaveLength(2);
  });
});

it('an odd 4xx is about the one request where an earlier worker has had an answer to this step', async () => {
  const provider = await Provider.start(failing(422, 'not like this'));
  const known = { has: () => true, add: () => {} };
  expect(await failureOf(ask(clientOf(provider, { answered: known })))).toMatchObject({ kind: 'refused' });
  expect(await failureOf(ask(clientOf(provider)))).toMatchObject({ kind: 'blocked', stepOnly: true });
});
