import { APIConnectionTimeoutError, APIError } from 'openai';
import type { KeySetting } from '../config/missing-key.js';

/**
 * What to do about a call that got no answer. `transport`: try again. `blocked`: nothing will be answered until a
 * person acts. `refused`: this one request will never be answered.
 */
export type FailureKind = 'transport' | 'blocked' | 'refused';

export interface CallFailure {
  kind: FailureKind;
  /** Short, for people, without secrets. */
  message: string;
  /** The provider asked for slower calls (429). */
  rateLimited: boolean;
  retryAfterMs?: number;
  /** Blocked for this step only: others may work with this model. */
  stepOnly?: boolean;
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

/** Longer waits than this are not believed: a probe every few minutes costs nothing. */
const LONGEST_RETRY_AFTER_MS = 300_000;
/** Of a provider's own words; the rest is in its documentation. */
const LONGEST_QUOTE = 200;

/** A shorter one is a stand-in ("any word will do"), and its letters stand in many words. */
const SHORTEST_SECRET = 6;
/** Characters of a key in a row that are hidden anywhere. Fewer may be a word that the key happens to hold. */
const SHORTEST_PART = 8;
/** Characters of a key that are hidden beside a mask, where few words stand. */
const SHORTEST_SIDE = 4;
/** What stands for the rest of a key. */
const MASK = /[[(<]?(?:\.{2,}|…|[*•]+|x{3,})[\])>]?/gi;

const RETRYABLE_STATUS = new Set([408, 409, 425, 429]);

const CONTEXT_TOO_LONG =
  /context[ _-]?(length|window|size)|maximum context|too many (input )?tokens|prompt is too long|input is too long|reduce the length/i;
const CONTENT_POLICY =
  /content[ _-]?(policy|filter|management)|moderation|flagged|safety (system|policy)|responsible ai/i;

/** The one place where a failed model call is understood. */
export function classifyFailure(error: unknown, context: ClassifyContext): CallFailure {
  if (error instanceof ModelCallError) return error.failure;
  if (error instanceof APIConnectionTimeoutError) {
    return transport(`No answer from ${context.host} within ${context.timeoutMs / 1000} s`);
  }
  if (error instanceof APIError && error.status !== undefined) return classifyStatus(error, error.status, context);
  if (error instanceof SyntaxError) return transport(`${context.host} sent something that is not a completion`);
  return transport(`${context.host} could not be reached: ${redact(rootCause(error), context.secrets)}`);
}

function classifyStatus(error: APIError, status: number, context: ClassifyContext): CallFailure {
  const words = `${error.code ?? ''} ${error.type ?? ''} ${error.message}`;
  const said = `${status} from ${context.host}${quote(error, context.secrets)}`;
  const blocked = (todo: string): CallFailure => ({ kind: 'blocked', message: `${said}. ${todo}`, rateLimited: false });

  if (status === 429 && /insufficient_quota/i.test(words))
    return blocked('The account is used up: add credit at the provider.');
  if (RETRYABLE_STATUS.has(status) || status >= 500) {
    const retryAfterMs = readRetryAfter(error.headers, context.now);
    return { ...transport(said), rateLimited: status === 429, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  if (status === 401)
    return blocked(`Check the API key (AUGMENTOOLKIT_${context.keySetting} or API.${context.keySetting}).`);
  if (status === 402) return blocked('Add credit at the provider.');
  if (status === 404) return blocked(`Check the model name ${context.model} and API.BASE_URL.`);
  if (CONTEXT_TOO_LONG.test(words) || CONTENT_POLICY.test(words)) return refused(said);
  if (status === 403) return blocked(`Check that the API key may use the model ${context.model}.`);
  if (!context.hasAnswered) {
    const todo = `No call of this kind has worked with ${context.model} yet: check the model and its settings.`;
    return { ...blocked(todo), stepOnly: true };
  }
  return refused(said);
}

function transport(message: string): CallFailure {
  return { kind: 'transport', message, rateLimited: false };
}

function refused(message: string): CallFailure {
  return { kind: 'refused', message, rateLimited: false };
}

function quote(error: APIError, secrets: string[]): string {
  const body: unknown = error.error;
  const said = typeof body === 'object' && body !== null && 'message' in body ? body.message : body;
  if (typeof said !== 'string' || said === '') return '';
  const shown = redact(said, secrets).slice(0, LONGEST_QUOTE);
  // Half a character at the cut would make the message invalid UTF-8 on its way to the server.
  return `: ${shown.replace(/\p{Surrogate}/gu, '').replace(/[\s.]+$/, '')}`;
}

/** Providers repeat keys in their messages, whole or in part. */
export function redact(text: string, secrets: string[]): string {
  const known = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  // Masked keys go first: once one of its sides is gone, the other could not be told from a word.
  const unmasked = text.replace(/\S+/g, (word) => (isMaskedKey(word, known) ? '[key]' : word));
  return known
    .reduce(redactParts, unmasked)
    .replace(/\b(sk|pk|rk|key|gsk|xai|hf)[-_][\w*.-]{6,}/gi, '[key]')
    .replace(/\bBearer\s+\S+/gi, 'Bearer [key]');
}

/** `abcd...wxyz`, `abcd****wxyz`, `…wxyz` with some characters of a known key, or `***` with any. */
function isMaskedKey(word: string, secrets: readonly string[]): boolean {
  return [...word.matchAll(MASK)].some(({ 0: mask, index }) => {
    const end = index + mask.length;
    const sides = [word.slice(Math.max(0, index - SHORTEST_SIDE), index), word.slice(end, end + SHORTEST_SIDE)].filter(
      (side) => side.length === SHORTEST_SIDE,
    );
    return mask.includes('***') || sides.some((side) => secrets.some((secret) => secret.includes(side)));
  });
}

/** Hides every run of characters that stands in the secret, too, if it is too long for chance. */
function redactParts(text: string, secret: string): string {
  const size = Math.min(SHORTEST_PART, secret.length);
  const parts = new Set(Array.from({ length: secret.length - size + 1 }, (_, at) => secret.slice(at, at + size)));
  let shown = '';
  let hiddenTo = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (parts.has(text.slice(at, at + size))) {
      if (at >= hiddenTo) shown += '[key]';
      hiddenTo = at + size;
    }
    if (at >= hiddenTo) shown += text.charAt(at);
  }
  return shown;
}

/** Node hides what happened (`ECONNREFUSED`) under two or three errors. */
function rootCause(error: unknown): string {
  let cause = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}

/** Retry-After in seconds or as a date; `retry-after-ms` where a provider is more exact. */
function readRetryAfter(headers: Headers | undefined, now: number): number | undefined {
  const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (exact > 0) return Math.min(exact, LONGEST_RETRY_AFTER_MS);
  const value = headers?.get('retry-after');
  if (value === null || value === undefined) return undefined;
  const waitMs = /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - now;
  return waitMs > 0 ? Math.min(waitMs, LONGEST_RETRY_AFTER_MS) : undefined;
}
