import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import type { CallFailure } from '../../src/llm/errors.js';
import { classifyFailure, ModelCallError, redact } from '../../src/llm/errors.js';

const NOW = Date.parse('2026-11-22T20:00:00Z');
const KEY = 'abcdef0123456789abcdef';

function classify(error: unknown, hasAnswered = true): CallFailure {
  const place = { host: 'api.example.com', model: 'big-model', keySetting: 'API_KEY', timeoutMs: 120_000 } as const;
  return classifyFailure(error, { ...place, hasAnswered, secrets: [KEY, ''], now: NOW });
}

function status(code: number, error?: unknown, headers: Record<string, string> = {}): APIError {
  return APIError.generate(code, error === undefined ? undefined : { error }, undefined, new Headers(headers));
}

describe('what a status means', () => {
  const TOO_LONG = "This model's maximum context length is 8192 tokens, however you requested 9000.";
  const cases: [string, number, unknown, CallFailure['kind']][] = [
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

  it('only 429 asks for slower calls', () => {
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

describe('what is not from the provider', () => {
  it.each([
    ['a refused connection', reset('ECONNREFUSED'), 'api.example.com could not be reached: ECONNREFUSED'],
    ['a timeout', new APIConnectionTimeoutError(), 'No answer from api.example.com within 120 s'],
    ['broken JSON', new SyntaxError('Unexpected token <'), 'api.example.com sent something that is not a completion'],
    ['a bug', new TypeError('x is not a function'), 'api.example.com could not be reached: x is not a function'],
    ['no error at all', 'odd', 'api.example.com could not be reached: odd'],
  ])('%s is tried again', (_what, error, message) => {
    expect(classify(error)).toEqual({ kind: 'transport', message, rateLimited: false });
  });

  it('is left as it is where it was classified before', () => {
    const failure: CallFailure = { kind: 'refused', message: 'no', rateLimited: false };
    expect(classify(new ModelCallError(failure))).toBe(failure);
  });
});

/** As fetch and the openai package wrap it. */
function reset(code: string): Error {
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

it('redaction leaves other words alone', () => {
  const text = 'The task-related key of monkey-business in keyboard_layouts is 2 * 3 ** 4; ask-me-anything-now.';
  expect(redact(text, ['', 'secret'])).toBe(text);
});

describe('redaction of a key without a known beginning', () => {
  const PLAIN = 'zqplanted7Wm0RkTreasury5vHd98Yc4321';

  it.each([
    ['whole', `key ${PLAIN} is wrong`, 'key [key] is wrong'],
    ['twice', `${PLAIN} is not "${PLAIN}"`, '[key] is not "[key]"'],
    ['its beginning', 'key zqplanted7Wm0RkTreas is wrong', 'key [key] is wrong'],
    ['its end, in a sentence', '{"key":"ry5vHd98Yc4321"}', '{"key":"[key]"}'],
    ['some of its middle', 'near Wm0RkTreas.', 'near [key].'],
    ['masked with dots', 'Incorrect API key provided: zqplante...4321', 'Incorrect API key provided: [key]'],
    ['masked with one character', 'key "zqpl…321" is wrong', 'key [key] is wrong'],
    ['masked with stars', 'key zqpl**4321 is wrong', 'key [key] is wrong'],
    ['masked with bullets', 'key zq••••Yc4321 is wrong', 'key [key] is wrong'],
    ['masked with letters', 'key zqplXXXXXX21 is wrong', 'key [key] is wrong'],
    ['masked in brackets', 'key zqpl[...]4321 is wrong', 'key [key] is wrong'],
    ['its last characters alone', 'the key ...4321, expired', 'the key [key] expired'],
  ])('%s', (_what, said, shown) => {
    expect(redact(said, ['', 'other-key-of-another-model', PLAIN])).toBe(shown);
  });

  it('leaves words that the key happens to hold', () => {
    const text = 'A plant, a planted tree... Wait: the Treasury xxx has 4321 ... 2 * 3 letters (see [1]...)';
    expect(redact(text, [PLAIN.replace('Treasury', 'Treasur')])).toBe(text);
  });

  it('leaves the words of a message beside a short key', () => {
    expect(redact('The token of tokens... is hushed', ['hush', 'orchid'])).toBe('The token of tokens... is hushed');
    expect(redact('The orchid, orchi and rchid', ['orchid'])).toBe('The [key], orchi and rchid');
  });
});
