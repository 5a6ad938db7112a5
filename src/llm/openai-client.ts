import OpenAI, { BadRequestError } from 'openai';
import type { ChatCompletion, ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { KeySetting } from '../config/missing-key.js';
import type { ModelRequest, Usage } from '../records.js';
import { withDeadline } from './deadline.js';
import { classifyFailure, ModelCallError, redact } from './errors.js';
import type { CompleteOptions, ModelClient, ModelReply } from './model-client.js';

export interface OpenAiClientOptions {
  baseUrl: string;
  /** Empty for an endpoint that needs none. */
  apiKey: string;
  /** Where the key is set, for people. */
  keySetting: KeySetting;
  timeoutMs: number;
}

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
  /** `<model> <step>` pairs that have had an answer. */
  readonly #answered = new Set<string>();

  constructor({ baseUrl, apiKey, keySetting, timeoutMs }: OpenAiClientOptions) {
    this.host = new URL(baseUrl).host;
    this.timeoutMs = timeoutMs;
    this.#apiKey = apiKey;
    this.#keySetting = keySetting;
    this.#openai = new OpenAI({
      baseURL: baseUrl,
      // The package refuses an empty key; an endpoint on loopback ignores this one.
      apiKey: apiKey === '' ? 'none' : apiKey,
      // Else the package takes these from variables that are not ours.
      organization: null,
      project: null,
      maxRetries: 0,
      timeout: timeoutMs,
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
      return reply;
    } catch (error) {
      const failure = classifyFailure(error, {
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

/** A proxy may answer 200 with a page of its own: then there is no completion in it, and the call is tried again. */
function readCompletion(body: unknown, host: string): ModelReply {
  if (typeof body !== 'object' || body === null || !('choices' in body) || !Array.isArray(body.choices)) {
    throw new ModelCallError({
      kind: 'transport',
      message: `${host} sent something that is not a completion`,
      rateLimited: false,
    });
  }
  const completion = body as ChatCompletion;
  const choice = completion.choices[0];
  const finishReason = choice?.finish_reason ?? 'none';
  if (finishReason === 'content_filter') {
    throw new ModelCallError({
      kind: 'refused',
      message: `The content filter of ${host} withheld the answer`,
      rateLimited: false,
    });
  }
  const content: unknown = choice?.message?.content;
  // Anything but a text is no answer that a step could read.
  return { text: typeof content === 'string' ? content : '', finishReason, usage: readUsage(completion.usage) };
}

function readUsage(usage: ChatCompletion['usage']): Usage {
  return {
    prompt: usage?.prompt_tokens ?? 0,
    cached: usage?.prompt_tokens_details?.cached_tokens ?? 0,
    completion: usage?.completion_tokens ?? 0,
  };
}
