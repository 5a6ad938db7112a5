import { ApiError } from './errors.js';
import type { AnsweredFault, TransportFault } from './faults.js';
import type { LimitReached } from './limits.js';

/** An HTTP answer as it goes out. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export const JSON_TYPE = { 'content-type': 'application/json' };
export const HTML_TYPE = { 'content-type': 'text/html; charset=utf-8' };

/** What proxies send in place of the provider's answer. */
const PROXY_PAGE =
  '<html>\n<head><title>Please wait</title></head>\n<body><h1>The gateway is busy</h1></body>\n</html>\n';
/** What the networks in front of providers send when these are slow. */
const NETWORK_PAGE =
  '<!DOCTYPE html>\n<html lang="en-US">\n<head>\n<title>api.example.com | 504: Gateway time-out</title>\n' +
  '<style>body { margin: 0 }</style>\n</head>\n<body>\n<h1>Gateway time-out <span>Error code 504</span></h1>\n' +
  '<p>The web server reported a gateway time-out error.</p>\n</body>\n</html>\n';
/** `hang` and `reset` send nothing. */
const NOTHING: HttpAnswer = { status: 0, headers: {}, body: '' };
/** Seconds that a 429 by fault asks to wait: the least that the header can say. */
const RETRY_AFTER_S = 1;

/** What goes out in place of a completion. */
export const FAULT_ANSWERS: Record<Exclude<TransportFault, AnsweredFault>, HttpAnswer> = {
  '429': errorAnswer(
    new ApiError(429, `Rate limit reached. Please try again in ${RETRY_AFTER_S}s.`, {
      type: 'requests',
      code: 'rate_limit_exceeded',
      headers: { 'retry-after': String(RETRY_AFTER_S) },
    }),
  ),
  bare429: errorAnswer(new ApiError(429, 'Too many requests.', { type: 'requests', code: 'rate_limit_exceeded' })),
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
  '504': { status: 504, headers: HTML_TYPE, body: NETWORK_PAGE },
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
