import OpenAI, { APIError, BadRequestError } from 'openai';
import type { ChatCompletion, ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { KeySetting } from '../config/missing-key.js';
import type { ModelRequest } from '../call-record.js';
import type { Usage } from '../records.js';
import { cutText } from '../steps/reading/clean.js';
import { withDeadline } from './deadline.js';
import { longestAnswer, TOO_LONG } from './answer-bound.js';
import { classifyFailure, ModelCallError, notACompletion, refused, transport } from './errors.js';
import type { CompleteOptions, ModelClient, ModelReply } from './model-client.js';
import { hideKey, redact } from './redact.js';
import { describePage, EndlessAnswerError, fetchWhole, parseJson } from './whole-answer.js';

export interface OpenAiClientOptions {
  baseUrl: string;
  /** Empty for an endpoint that needs none. */
  apiKey: string;
  /** Where the key is set, for people. */
  keySetting: KeySetting;
  timeoutMs: number;
  /** `<model> <step>` pairs that have had an answer; kept beyond this process by whoever wants that. */
  answered?: { has(step: string): boolean; add(step: string): void };
}

/** Many times the longest answer of any step, and little enough for all calls in flight to hold at once. */
const MOST_BYTES = 8_000_000;
/** Finish reasons are a word. */
const LONGEST_FINISH_REASON = 40;

type TokenLimitName = 'max_tokens' | 'max_completion_tokens';

/** Any endpoint that speaks OpenAI's chat completions. Retries nothing: Temporal does. */
export class OpenAiClient implements ModelClient {
  readonly host: string;
  readonly timeoutMs: number;
  readonly #apiKey: string;
  readonly #keySetting: KeySetting;
  readonly #openai: OpenAI;
  /** Per model: newer ones of OpenAI's own take only the longer name. */
  readonly #tokenLimitNames = new Map<string, TokenLimitName>();
  readonly #answered: NonNullable<OpenAiClientOptions['answered']>;

  constructor({ baseUrl, apiKey, keySetting, timeoutMs, answered = new Set<string>() }: OpenAiClientOptions) {
    this.host = new URL(baseUrl).host;
    this.timeoutMs = timeoutMs;
    this.#apiKey = apiKey;
    this.#keySetting = keySetting;
    this.#answered = answered;
    this.#openai = new OpenAI({
      baseURL: baseUrl,
      // The package refuses an empty key; an endpoint on loopback ignores this one.
      apiKey: apiKey === '' ? 'none' : apiKey,
      // Else the package takes these from variables that are not ours.
      organization: null,
      project: null,
      maxRetries: 0,
      timeout: timeoutMs,
      fetch: fetchWhole(MOST_BYTES),
      // With OPENAI_LOG it would print what the provider sends, keys that it repeats among it.
      logLevel: 'off',
    });
  }

  async complete(request: ModelRequest, options: CompleteOptions): Promise<ModelReply> {
    const kind = `${request.model} ${options.headers['X-Augmentoolkit-Step'] ?? ''}`;
    try {
      const body = await withDeadline(this.timeoutMs, (signal) =>
        this.#create(request, { headers: options.headers, signal }),
      );
      const reply = readCompletion(body, this.host);
      this.#answered.add(kind);
      return bound(reply, request.sampling.max_tokens, this.#apiKey);
    } catch (error) {
      const failure = classifyFailure(endless(error, this.host), {
        host: this.host,
        model: request.model,
        keySetting: this.#keySetting,
        timeoutMs: this.timeoutMs,
        hasAnswered: this.#answered.has(kind),
        secrets: [this.#apiKey],
        now: Date.now(),
      });
      // The original error is not kept as the cause: it carries headers and the key in places.
      throw new ModelCallError({ ...failure, message: redact(failure.message, [this.#apiKey]) });
    }
  }

  async #create(request: ModelRequest, options: CompleteOptions & { signal: AbortSignal }): Promise<unknown> {
    const name = this.#tokenLimitNames.get(request.model) ?? 'max_tokens';
    try {
      return await this.#post(request, options, name);
    } catch (error) {
      if (name !== 'max_tokens' || !wantsOtherTokenLimitName(error)) throw error;
      this.#tokenLimitNames.set(request.model, 'max_completion_tokens');
      return this.#post(request, options, 'max_completion_tokens');
    }
  }

  #post(
    { model, messages, sampling }: ModelRequest,
    options: CompleteOptions & { signal: AbortSignal },
    name: TokenLimitName,
  ): Promise<unknown> {
    const { max_tokens: maxTokens, ...rest } = sampling;
    const body = { model, messages, ...rest, [name]: maxTokens, stream: false };
    return this.#openai.chat.completions.create(body as ChatCompletionCreateParamsNonStreaming, options);
  }
}

function wantsOtherTokenLimitName(error: unknown): boolean {
  return error instanceof BadRequestError && /max_completion_tokens/.test(error.message);
}

/** The package wraps what its `fetch` throws. */
function endless(error: unknown, host: string): unknown {
  if (!(error instanceof Error) || !(error.cause instanceof EndlessAnswerError)) return error;
  return new ModelCallError(
    transport('endless answer', `${host} sent more than ${MOST_BYTES / 1_000_000} MB and did not come to an end`),
  );
}

/**
 * A proxy may answer 200 with a page of its own: then there is no completion in it, and the call is tried again. A
 * completion that calls itself something else than JSON is paid for like any other.
 */
function readCompletion(received: unknown, host: string): ModelReply {
  const body = typeof received === 'string' ? parseJson(received) : received;
  if (typeof body !== 'object' || body === null || !('choices' in body) || !Array.isArray(body.choices)) {
    const page = typeof received === 'string' ? describePage(received) : undefined;
    throw errorIn(body) ?? new ModelCallError(notACompletion(host, page));
  }
  const completion = body as ChatCompletion;
  const choice = completion.choices[0];
  const given: unknown = choice?.finish_reason;
  const finishReason = typeof given === 'string' ? given : 'none';
  if (finishReason === 'content_filter') {
    const failure = refused('content filter', `The content filter of ${host} withheld the answer`);
    throw new ModelCallError({ ...failure, usage: readUsage(completion.usage) });
  }
  const content: unknown = choice?.message?.content;
  // Anything but a text is no answer that a step could read.
  return { text: typeof content === 'string' ? content : '', finishReason, usage: readUsage(completion.usage) };
}

/** Some answer 200 and put the error, with the status it should have had, where the completion should be. */
function errorIn(body: unknown): APIError | undefined {
  const { error } = (body ?? {}) as { error?: { code?: unknown } };
  const status = Number(error?.code);
  const isStatus = Number.isInteger(status) && status >= 400 && status <= 599;
  return isStatus ? APIError.generate(status, { error }, undefined, new Headers()) : undefined;
}

/** No more text than the call may have, and without the key, before anyone sees it. */
function bound({ text, finishReason, usage }: ModelReply, maxTokens: number, key: string): ModelReply {
  const most = longestAnswer(maxTokens);
  return {
    text: hideKey(cutText(text, most), key),
    finishReason: text.length > most ? TOO_LONG : hideKey(cutText(finishReason, LONGEST_FINISH_REASON), key),
    usage,
  };
}

function readUsage(usage: ChatCompletion['usage'] | null): Usage {
  return {
    prompt: readCount(usage?.prompt_tokens),
    cached: readCount(usage?.prompt_tokens_details?.cached_tokens),
    completion: readCount(usage?.completion_tokens),
  };
}

/** Sums are made of them: what is no count is none. */
function readCount(count: unknown): number {
  return typeof count === 'number' && count >= 0 && Number.isFinite(count) ? count : 0;
}
