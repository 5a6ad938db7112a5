import { APIConnectionTimeoutError, APIError } from 'openai';
import type { KeySetting } from '../config/missing-key.js';
import type { Usage } from '../records.js';
import { redact } from './redact.js';
import { readLimitReset, readRetryAfter } from './retry-after.js';
import { WEB_PAGE } from './whole-answer.js';

/**
 * What to do about a call that got no answer. `transport`: try again. `blocked`: nothing will be answered until a
 * person acts. `refused`: this one request will never be answered.
 */
export type FailureKind = 'transport' | 'blocked' | 'refused';

export interface CallFailure {
  kind: FailureKind;
  /** Short, for people, without secrets. */
  message: string;
  /** In a word or two, to be counted: `429`, `timeout`, `connection reset`. */
  reason: string;
  /** The provider asked for slower calls: with 429, or with 503 and a time to wait. */
  rateLimited: boolean;
  retryAfterMs?: number;
  /** Blocked for this step only: others may work with this model. */
  stepOnly?: boolean;
  /** Of an answer that was made, and is paid for, but was withheld. */
  usage?: Usage;
}

export class ModelCallError extends Error {
  readonly failure: CallFailure;

  constructor(failure: CallFailure, options?: ErrorOptions) {
    super(failure.message, options);
    this.name = 'ModelCallError';
    this.failure = failure;
  }
}

export interface ClassifyContext {
  host: string;
  model: string;
  keySetting: KeySetting;
  timeoutMs: number;
  /** Whether this step has had an answer from this model: then an odd 4xx is about the one request. */
  hasAnswered: boolean;
  /** Never to be seen in a message. */
  secrets: string[];
  now: number;
}

/** Of a provider's own words; the rest is in its documentation. */
const LONGEST_QUOTE = 200;
/** Of these words, so much is looked at: an error can be as long as any answer. */
const LONGEST_ERROR = 4_000;

/** 499: a gateway says that its client went away, which we did not. */
const RETRYABLE_STATUS = new Set([408, 409, 425, 429, 499]);

const CONTEXT_TOO_LONG =
  /context[ _-]?(length|window|size)|maximum context|too many (input )?tokens|maximum number of tokens|prompt is too long|(input|request|prompt)( is)? too (long|large)|max_new_tokens` must be|reduce the length/i;
const CONTENT_POLICY =
  /content[ _-]?(policy|filter|management|exists risk)|moderation|flagged|safety (system|policy|settings)|responsible ai|prohibited[ _]content|inappropriate content|data_inspection_failed|usage guidelines|guardrail/i;
/** An account that was closed for its contents, or for whatever reason: not about the one request. */
const ACCOUNT_CLOSED =
  /(your|this|the) (account|organi[sz]ation|project|api[ _-]?key|access)\b[^.]{0,40}\b(flagged|suspended|terminated|deactivated|disabled|blocked|banned|revoked|restricted)/i;
/** A service in trouble, which some say with 400. */
const IN_TROUBLE = /overloaded|try again (later|in a)|temporarily unavailable|(server|service|model) is busy/i;
/** Some say it with 400. */
const WRONG_KEY = /api[ _-]?key (is |was )?(not valid|invalid|expired|not found)|invalid api[ _-]?key|api_key_invalid/i;

/** What ends a connection, by the code of the error that Node hides. */
const CONNECTION_FAILURES: Record<string, string> = {
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  UND_ERR_SOCKET: 'connection reset',
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'name not found',
  EAI_AGAIN: 'name not found',
};

/** The one place where a failed model call is understood. */
export function classifyFailure(error: unknown, context: ClassifyContext): CallFailure {
  const known = causes(error).find((cause) => cause instanceof ModelCallError);
  if (known !== undefined) return known.failure;
  if (error instanceof APIConnectionTimeoutError) {
    return transport('timeout', `No answer from ${context.host} within ${context.timeoutMs / 1000} s`);
  }
  if (error instanceof APIError && error.status !== undefined) return classifyStatus(error, error.status, context);
  if (error instanceof SyntaxError) return notACompletion(context.host);
  const cause = rootCause(error);
  const reason = CONNECTION_FAILURES[cause] ?? 'no connection';
  const what = reason === 'connection reset' ? 'broke off the connection' : 'could not be reached';
  const why = cause === '' ? 'the connection failed; if there is a proxy, check it' : redact(cause, context.secrets);
  return transport(reason, `${context.host} ${what}: ${why}`);
}

/** An answer of status 200 in which there is none; `page`: what a person would read there. */
export function notACompletion(host: string, page = ''): CallFailure {
  const what = page === '' ? 'something that is not a completion' : `${page} in place of a completion`;
  return transport('not a completion', `${host} sent ${what}`);
}

function classifyStatus(error: APIError, status: number, context: ClassifyContext): CallFailure {
  const words = `${error.code ?? ''} ${error.type ?? ''} ${error.message}`.slice(0, LONGEST_ERROR);
  const said = `${status} from ${context.host}${quote(error, context.secrets)}`;
  const reason = String(status);
  const blocked = (todo: string, why = reason): CallFailure => ({
    kind: 'blocked',
    message: `${said}. ${todo}`,
    reason: why,
    rateLimited: false,
  });
  const checkKey = `Check the API key (AUGMENTOOLKIT_${context.keySetting} or API.${context.keySetting}).`;

  if (status === 429 && /insufficient_quota/i.test(words))
    return blocked('The account is used up: add credit at the provider.', 'insufficient_quota');
  if (RETRYABLE_STATUS.has(status) || status >= 500) {
    const told = readRetryAfter(error.headers, context.now);
    const retryAfterMs = told ?? (status === 429 ? readLimitReset(error.headers, words, context.now) : undefined);
    const rateLimited = status === 429 || (status === 503 && told !== undefined);
    const failure = { ...transport(reason, said), rateLimited };
    return { ...failure, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  if (status === 401 || WRONG_KEY.test(words)) return blocked(checkKey);
  if (status === 402) return blocked('Add credit at the provider.');
  // Never about the one request: whatever stands in between would fail every item that comes by.
  if (error.type === WEB_PAGE)
    return blocked('That is not how an API answers: check API.BASE_URL, and the proxy or firewall on the way.');
  if (status === 404) return blocked(`Check the model name ${context.model} and API.BASE_URL.`);
  if (IN_TROUBLE.test(words)) return transport(reason, said);
  if (ACCOUNT_CLOSED.test(words)) return blocked('See to the account at the provider.');
  if (CONTEXT_TOO_LONG.test(words) || CONTENT_POLICY.test(words)) return refused(reason, said);
  if (status === 403) return blocked(`Check that the API key may use the model ${context.model}.`);
  if (!context.hasAnswered) {
    const todo = `No call of this kind has worked with ${context.model} yet: check the model and its settings.`;
    return { ...blocked(todo), stepOnly: true };
  }
  return refused(reason, said);
}

export function transport(reason: string, message: string): CallFailure {
  return { kind: 'transport', message, reason, rateLimited: false };
}

export function refused(reason: string, message: string): CallFailure {
  return { kind: 'refused', message, reason, rateLimited: false };
}

function quote(error: APIError, secrets: string[]): string {
  const body: unknown = error.error;
  const said = typeof body === 'object' && body !== null && 'message' in body ? body.message : body;
  if (typeof said !== 'string' || said.trim() === '') return '';
  const shown = redact(said.slice(0, LONGEST_ERROR), secrets).replace(/\s+/g, ' ').trim().slice(0, LONGEST_QUOTE);
  // Half a character at the cut would make the message invalid UTF-8 on its way to the server.
  return `: ${shown.replace(/\p{Surrogate}/gu, '').replace(/[\s.]+$/, '')}`;
}

/** Node hides what happened (`ECONNREFUSED`) under two or three errors. */
function rootCause(error: unknown): string {
  const cause = causes(error).at(-1);
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}

/** An error and what it was caused by, from the outside in. */
function causes(error: unknown): unknown[] {
  const inner = error instanceof Error && error.cause instanceof Error ? causes(error.cause) : [];
  return [error, ...inner];
}
