import { ApiError } from './errors.js';
import type { TransportFault } from './faults.js';
import type { LimitReached } from './limits.js';

/** An HTTP answer as it goes out. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export const JSON_TYPE = { 'content-type': 'application/json' };
const HTML_TYPE = { 'content-type': 'text/html' };

/** What proxies send in place of the provider's answer. */
const PROXY_PAGE =
  '<html>\n<head><title>Please wait</title></head>\n<body><h1>The gateway is busy</h1></body>\n</html>\n';
/** `hang` and `reset` send nothing. */
const NOTHING: HttpAnswer = { status: 0, headers: {}, body: '' };
/** Seconds that a 429 by fault asks to wait: the least that the header can say. */
const RETRY_AFTER_S = 1;

/** What goes out in place of a completion. `empty` is missing: it is a completion without choices. */
export const FAULT_ANSWERS: Record<Exclude<TransportFault, 'empty'>, HttpAnswer> = {
  '429': errorAnswer(
    new ApiError(429, `Rate limit reached. Please try again in ${RETRY_AFTER_S}s.`, {
      type: 'requests',
      code: 'rate_limit_exceeded',
      headers: { 'retry-after': String(RETRY_AFTER_S) },
    }),
  ),
  '500': errorAnswer(
    new ApiError(500, 'The server had an error while processing your request.', { type: 'server_error' }),
  ),
  '502': { status: 502, headers: HTML_TYPE, body: PROXY_PAGE },
  '503': errorAnswer(
    new ApiError(503, 'The engine is currently overloaded, please try again later.', {
      type: 'server_error',
      code: 'overloaded',
    }),
  ),
  html: { status: 200, headers: HTML_TYPE, body: PROXY_PAGE },
  hang: NOTHING,
  reset: NOTHING,
};

export function limitAnswer(model: string, { kind, limit, used, asked, waitMs }: LimitReached): HttpAnswer {
  const unit = kind === 'requests' ? 'requests per min (RPM)' : 'tokens per min (TPM)';
  const seconds = Math.ceil(waitMs / 1000);
  return errorAnswer(
    new ApiError(
      429,
      `Rate limit reached for ${model} on ${unit}: Limit ${limit}, Used ${used}, Requested ${asked}. ` +
        `Please try again in ${seconds}s.`,
      { type: kind, code: 'rate_limit_exceeded', headers: { 'retry-after': String(seconds) } },
    ),
  );
}

export function errorAnswer(error: ApiError): HttpAnswer {
  return { status: error.status, headers: { ...JSON_TYPE, ...error.details.headers }, body: error.body() };
}
