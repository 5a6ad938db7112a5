import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import type { CallFailure } from '../../src/llm/errors.js';
import { classifyFailure, ModelCallError } from '../../src/llm/errors.js';

const NOW = Date.parse('2026-11-22T20:00:00Z');
const KEY = 'abcdef0123456789abcdef';

function classify(error: unknown, hasAnswered = true): CallFailure {
  const place = { host: 'api.example.com', model: 'big-model', keySetting: 'API_KEY', timeoutMs: 120_000 } as const;
  return classifyFailure(error, { ...place, hasAnswered, secrets: [KEY, ''], now: NOW });
}

function status(code: number, error?: unknown, headers: Record<string, string> = {}): APIError {
  return APIError.generate(code, error === undefined ? undefined : { error }, undefined, new Headers(headers));
}

type Case = [string, number, unknown, CallFailure['kind']];

/** In the words of several providers. */
const LONG_PROMPTS: [number, { message: string; code?: string }][] = [
  [400, { message: 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).' }],
  [400, { message: 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193.' }],
  [400, { message: 'the request exceeds the available context size (4096 tokens), try increasing it' }],
  [400, { message: 'Prompt contains 40000 tokens, too large for model with 32768 maximum context length' }],
  [413, { message: 'Request too large for model `m`: Limit 6000, Requested 9000' }],
  [422, { message: 'Too many input tokens: 9000' }],
];
const POLICIES: [number, { message: string; code?: string }][] = [
  [400, { message: "The prompt triggered Azure OpenAI's content management policy.", code: 'content_filter' }],
  [400, { message: 'Content Exists Risk' }],
  [400, { message: 'Output data may contain inappropriate content.', code: 'data_inspection_failed' }],
  [403, { message: 'm requires moderation on A. Your input was flagged for "violence".' }],
  [403, { message: 'Content violates usage guidelines.' }],
  [400, { message: 'Output blocked by content filtering policy' }],
];

describe('what a status means', () => {
  const TOO_LONG = "This model's maximum context length is 8192 tokens, however you requested 9000.";
  const cases: Case[] = [
    ['a wrong key', 401, { message: 'Incorrect API key provided' }, 'blocked'],
    ['an account that was flagged', 401, { message: 'Your account was flagged.' }, 'blocked'],
    ['an empty account', 402, { message: 'Insufficient balance' }, 'blocked'],
    ['an empty account with advice', 402, { message: 'Add credits, or reduce the length of the prompt.' }, 'blocked'],
    ['no rights to the model', 403, { message: 'Project has no access to this model' }, 'blocked'],
    ['moderation', 403, { message: 'Your input was blocked by moderation' }, 'refused'],
    ['an unknown model', 404, { message: 'The model does not exist', code: 'model_not_found' }, 'blocked'],
    ['an unknown path', 404, undefined, 'blocked'],
    ['a timeout at the provider', 408, undefined, 'transport'],
    ['a conflict', 409, undefined, 'transport'],
    ['too many calls', 429, { message: 'Rate limit reached', code: 'rate_limit_exceeded' }, 'transport'],
    ['too many tokens a minute', 429, { message: 'too many tokens: reduce the length' }, 'transport'],
    ['a used up account, by code', 429, { message: 'Quota exceeded', code: 'insufficient_quota' }, 'blocked'],
    ['a used up account, by type', 429, { message: 'Quota exceeded', type: 'insufficient_quota' }, 'blocked'],
    ['a server error', 500, { message: 'Internal error' }, 'transport'],
    ['a server error that names a policy', 503, { message: 'content policy service is down' }, 'transport'],
    ['a long prompt', 400, { message: TOO_LONG, code: 'context_length_exceeded' }, 'refused'],
    ['a long prompt, in other words', 413, { message: 'prompt is too long: 210000 tokens' }, 'refused'],
    ['a content filter', 400, { message: 'The response was filtered', code: 'content_filter' }, 'refused'],
    ['a content policy', 400, { message: 'Rejected by our safety system' }, 'refused'],
    ...LONG_PROMPTS.map(([code, error]): Case => ['a long prompt', code, error, 'refused']),
    ...POLICIES.map(([code, error]): Case => ['a content policy', code, error, 'refused']),
    ['a wrong key, said with 400', 400, { message: 'API key not valid. Please pass a valid API key.' }, 'blocked'],
    ['a wrong key, said with 403', 403, { message: 'Invalid API key', type: 'forbidden' }, 'blocked'],
    ['an account that was closed', 403, { message: 'Your account was flagged and is suspended.' }, 'blocked'],
    ['an organization that was closed', 400, { message: 'This organization has been disabled.' }, 'blocked'],
    ['a page with an odd status', 400, { message: 'a web page, "Bad gateway"', type: 'web page' }, 'blocked'],
    ['a large page', 413, { message: 'a web page', type: 'web page' }, 'blocked'],
    ['a gateway whose client went away', 499, undefined, 'transport'],
    [
      'a service in trouble, said with 400',
      400,
      { message: 'Model is overloaded, please try again later' },
      'transport',
    ],
    ['a page of a firewall', 403, { message: 'a web page, "Moderation"', type: 'web page' }, 'blocked'],
  ];

  it.each(cases)('%s: %i', (_what, code, error, kind) => {
    expect(classify(status(code, error), true).kind).toBe(kind);
    expect(classify(status(code, error), false).kind).toBe(kind);
  });

  it.each([400, 405, 415, 422])(
    'an odd %i blocks a step that never had an answer, and refuses one call after',
    (code) => {
      const error = status(code, { message: 'Unsupported parameter: top_p' });
      expect(classify(error, false).kind).toBe('blocked');
      expect(classify(error, false).message).toContain('big-model');
      expect(classify(error, true).kind).toBe('refused');
    },
  );

  it.each([
    [401, undefined, '401'],
    [429, undefined, '429'],
    [429, { code: 'insufficient_quota' }, 'insufficient_quota'],
    [503, { message: 'overloaded' }, '503'],
    [400, { message: 'flagged' }, '400'],
  ])('%i %j is counted as %s', (code, error, reason) => {
    expect(classify(status(code, error)).reason).toBe(reason);
  });

  it('429 asks for slower calls', () => {
    expect(classify(status(429)).rateLimited).toBe(true);
    expect([500, 503, 408, 401, 400].map((code) => classify(status(code)).rateLimited)).not.toContain(true);
    expect(classify(status(429, { code: 'insufficient_quota' })).rateLimited).toBe(false);
  });
});

describe('how long the provider asks to wait', () => {
  it.each([
    ['seconds', { 'retry-after': '12' }, 12_000],
    ['parts of a second', { 'retry-after': '0.25' }, 250],
    ['milliseconds, which win', { 'retry-after-ms': '1500', 'retry-after': '2' }, 1_500],
    ['a date', { 'retry-after': 'Sun, 22 Nov 2026 20:00:30 GMT' }, 30_000],
    ['longer than is believed', { 'retry-after': '86400' }, 300_000],
    ['a date that has passed', { 'retry-after': 'Sun, 22 Nov 2026 19:00:00 GMT' }, undefined],
    ['no time', { 'retry-after': '0' }, undefined],
    ['something odd', { 'retry-after': 'soon' }, undefined],
    ['odd milliseconds beside seconds', { 'retry-after-ms': 'soon', 'retry-after': '3' }, 3_000],
    ['nothing', {}, undefined],
  ])('%s', (_what, headers, expected) => {
    expect(classify(status(429, undefined, headers as Record<string, string>)).retryAfterMs).toBe(expected);
    expect(classify(status(503, undefined, headers as Record<string, string>)).retryAfterMs).toBe(expected);
  });
});

describe('how long a refusal asks to wait by its limits', () => {
  const empty = (kind: string, reset: string) => ({
    [`x-ratelimit-remaining-${kind}`]: '0',
    [`x-ratelimit-reset-${kind}`]: reset,
  });
  const wait = (headers: Record<string, string>, message = 'Slow down') =>
    classify(status(429, { message }, headers)).retryAfterMs;

  it.each([
    ['1s', 1_000],
    ['6m0s', 300_000],
    ['1m30.5s', 90_500],
    ['120ms', 120],
    ['17', 17_000],
    ['2026-11-22T20:00:30Z', 30_000],
    ['soon', undefined],
  ])('%s', (reset, expected) => {
    expect(wait(empty('tokens', reset))).toBe(expected);
  });

  it('goes by the limit that is exhausted, or that the refusal names', () => {
    const resets = { 'x-ratelimit-reset-requests': '2m', 'x-ratelimit-reset-tokens': '3s' };
    expect(wait({ ...resets, 'x-ratelimit-remaining-requests': '7', 'x-ratelimit-remaining-tokens': '0' })).toBe(3_000);
    expect(wait(resets, 'Rate limit reached on tokens per min (TPM)')).toBe(3_000);
    expect(wait(resets, 'Rate limit reached on requests per min (RPM)')).toBe(120_000);
    expect(wait(resets)).toBeUndefined();
    expect(wait({ ...empty('requests', '2s'), ...empty('tokens', '5s') })).toBe(5_000);
  });

  it('goes by Retry-After where there is one, and is nothing where the fault is another', () => {
    expect(wait({ ...empty('tokens', '50s'), 'retry-after': '2' })).toBe(2_000);
    expect(classify(status(503, undefined, empty('tokens', '50s')))).not.toHaveProperty('retryAfterMs');
  });

  it('also 503 with a time to wait asks for slower calls', () => {
    expect(classify(status(503, undefined, { 'retry-after': '3' })).rateLimited).toBe(true);
  });
});

describe('what is not from the provider', () => {
  it.each([
    ['a refused connection', broken('ECONNREFUSED'), 'connection refused', 'could not be reached: ECONNREFUSED'],
    ['a reset', broken('ECONNRESET'), 'connection reset', 'broke off the connection: ECONNRESET'],
    ['a closed socket', broken('UND_ERR_SOCKET'), 'connection reset', 'broke off the connection: UND_ERR_SOCKET'],
    ['an unknown name', broken('ENOTFOUND'), 'name not found', 'could not be reached: ENOTFOUND'],
    ['a bad certificate', broken('CERT_HAS_EXPIRED'), 'no connection', 'could not be reached: CERT_HAS_EXPIRED'],
    ['broken JSON', new SyntaxError('Unexpected <'), 'not a completion', 'sent something that is not a completion'],
    ['a bug', new TypeError('x is no function'), 'no connection', 'could not be reached: x is no function'],
    ['no error at all', 'odd', 'no connection', 'could not be reached: odd'],
  ])('%s is tried again', (_what, error, reason, message) => {
    const expected = { kind: 'transport', message: `api.example.com ${message}`, reason, rateLimited: false };
    expect(classify(error)).toEqual(expected);
  });

  it('a timeout is tried again', () => {
    const message = 'No answer from api.example.com within 120 s';
    const expected = { kind: 'transport', message, reason: 'timeout', rateLimited: false };
    expect(classify(new APIConnectionTimeoutError())).toEqual(expected);
  });

  it('is left as it is where it was classified before', () => {
    const failure: CallFailure = { kind: 'refused', message: 'no', reason: '400', rateLimited: false };
    expect(classify(new ModelCallError(failure))).toBe(failure);
    expect(classify(new APIConnectionError({ cause: new ModelCallError(failure) }))).toBe(failure);
  });
});

/** As fetch and the openai package wrap it. */
function broken(code: string): Error {
  const inner = Object.assign(new Error(`read ${code}`), { code });
  return new APIConnectionError({
    message: 'Connection error.',
    cause: new TypeError('fetch failed', { cause: inner }),
  });
}

describe('the message', () => {
  it('names status and host, quotes the provider, and says what to do', () => {
    expect(classify(status(401, { message: 'Incorrect API key.' })).message).toBe(
      '401 from api.example.com: Incorrect API key. Check the API key (AUGMENTOOLKIT_API_KEY or API.API_KEY).',
    );
    expect(classify(status(500)).message).toBe('500 from api.example.com');
    expect(classify(status(404, 'model "big" not found')).message).toBe(
      '404 from api.example.com: model "big" not found. Check the model name big-model and API.BASE_URL.',
    );
  });

  it('is short, and valid UTF-8 wherever it is cut', () => {
    for (const padding of ['', 'x']) {
      const { message } = classify(status(500, { message: `${padding}${'👩'.repeat(5_000)}` }));
      expect(message.length).toBeLessThan(260);
      expect(Buffer.from(message, 'utf8').toString('utf8')).toBe(message);
    }
  });

  it.each([
    ['the key', `Incorrect API key provided: ${KEY}.`],
    ['the key, cut', 'Incorrect API key provided: sk-proj-abcd1234.'],
    ['a masked key', 'Incorrect API key provided: sk-abcd****************wxyz.'],
    ['a masked key of no known form', 'Your api key: abcd****6789 is invalid'],
    ['a header', `Authorization: Bearer ${KEY} was not accepted`],
    ['another header', 'Bearer abcd.6789 was not accepted'],
  ])('never shows %s', (_what, said) => {
    for (const code of [401, 403, 429, 500]) {
      expect(classify(status(code, { message: said })).message).not.toMatch(/abcd|6789|wxyz/);
    }
  });
});
