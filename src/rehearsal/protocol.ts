import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { Usage } from '../records.js';
import { ApiError, invalidRequest } from './errors.js';
import type { PromptMessage } from './prompt-cache.js';

/** `chat` = /v1/chat/completions, `text` = /v1/completions, whose prompt counts as one user message. */
export type Endpoint = 'chat' | 'text';

export interface ModelCall {
  endpoint: Endpoint;
  model: string;
  messages: PromptMessage[];
  /** SHA-256 of the messages, hex. */
  messagesHash: string;
  maxTokens?: number;
  stop: string[];
  /** `X-Augmentoolkit-Step`. */
  step?: string;
  /** `X-Augmentoolkit-Call`: `<chunk>/<call id>`. */
  callId?: string;
}

export interface Completion {
  text: string;
  finishReason: 'stop' | 'length';
}

/** So that its replies can never pass for a real model's. */
const MODEL_PREFIX = 'rehearsal';
const MODELS = ['rehearsal', 'rehearsal-large'] as const;

const content = z
  .union([z.string(), z.array(z.object({ type: z.literal('text'), text: z.string() }))])
  .nullish()
  .transform((value) => (typeof value === 'string' ? value : (value ?? []).map(({ text }) => text).join('')));

const sampling = {
  model: z.string(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  stream: z.literal(false, { error: 'the rehearsal model does not stream; leave "stream" out' }).nullish(),
};

const chatRequest = z.object({ ...sampling, messages: z.array(z.object({ role: z.string(), content })).min(1) });
const textRequest = z.object({ ...sampling, prompt: z.string() });

/** Throws ApiError: 400 for a body that is no request, 404 for a model that is not ours. */
export function readCall(endpoint: Endpoint, body: string, headers: IncomingHttpHeaders): ModelCall {
  const json = parseJson(body);
  const request = endpoint === 'chat' ? check(chatRequest, json) : withMessages(check(textRequest, json));
  refuseOtherModels(request.model);
  const maxTokens = request.max_completion_tokens ?? request.max_tokens;
  const step = oneValue(headers['x-augmentoolkit-step']);
  const callId = oneValue(headers['x-augmentoolkit-call']);
  return {
    endpoint,
    model: request.model,
    messages: request.messages,
    messagesHash: sha256(JSON.stringify(request.messages)),
    stop: [request.stop ?? []].flat(),
    ...(typeof maxTokens === 'number' && { maxTokens }),
    ...(step !== undefined && { step }),
    ...(callId !== undefined && { callId }),
  };
}

function withMessages<Request extends { prompt: string }>(request: Request): Request & { messages: PromptMessage[] } {
  return { ...request, messages: [{ role: 'user', content: request.prompt }] };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw invalidRequest('We could not parse the JSON body of your request.');
  }
}

function check<Schema extends z.ZodType>(schema: Schema, json: unknown): z.infer<Schema> {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const param = issue?.path.join('.') ?? '';
  throw invalidRequest(`Invalid request: ${param === '' ? '' : `${param}: `}${issue?.message ?? 'unreadable'}`, param);
}

function refuseOtherModels(model: string): void {
  if (model.startsWith(MODEL_PREFIX)) return;
  throw new ApiError(
    404,
    `The model \`${model}\` does not exist here. This is the rehearsal model: it serves only names that begin with "${MODEL_PREFIX}".`,
    { type: 'invalid_request_error', code: 'model_not_found' },
  );
}

function oneValue(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** The body of an answer; without a completion, one whose list of choices is empty. */
export function completionBody(call: ModelCall, completion: Completion | undefined, usage: Usage): string {
  const chat = call.endpoint === 'chat';
  const choices = completion === undefined ? [] : [chat ? chatChoice(completion) : textChoice(completion)];
  return JSON.stringify({
    id: `${chat ? 'chatcmpl' : 'cmpl'}-${idOf(call)}`,
    object: chat ? 'chat.completion' : 'text_completion',
    created: Math.floor(Date.now() / 1000),
    model: call.model,
    choices,
    usage: {
      prompt_tokens: usage.prompt,
      completion_tokens: usage.completion,
      total_tokens: usage.prompt + usage.completion,
      prompt_tokens_details: { cached_tokens: usage.cached },
    },
  });
}

function chatChoice({ text, finishReason }: Completion): object {
  return {
    index: 0,
    message: { role: 'assistant', content: text, refusal: null },
    logprobs: null,
    finish_reason: finishReason,
  };
}

function textChoice({ text, finishReason }: Completion): object {
  return { index: 0, text, logprobs: null, finish_reason: finishReason };
}

const ID_DIGITS = 24;

function idOf({ callId = '', messagesHash }: ModelCall): string {
  return sha256(callId + messagesHash).slice(0, ID_DIGITS);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function modelsBody(): string {
  const list = MODELS.map((id) => ({ id, object: 'model', created: 0, owned_by: 'rehearsal' }));
  return JSON.stringify({ object: 'list', data: list });
}
