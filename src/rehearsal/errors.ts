import { UserError } from '../user-error.js';

/** An answer that is an error, in the form OpenAI's servers give it. */
export class ApiError extends Error {
  override name = 'ApiError';

  constructor(
    readonly status: number,
    message: string,
    readonly details: { type: string; code?: string; param?: string; headers?: Record<string, string> },
  ) {
    super(message);
  }

  body(): string {
    const { type, code = null, param = null } = this.details;
    return JSON.stringify({ error: { message: this.message, type, param, code } });
  }
}

export function invalidRequest(message: string, param?: string): ApiError {
  return new ApiError(400, message, { type: 'invalid_request_error', ...(param !== undefined && { param }) });
}

/** The address cannot be listened on; the message says why and what to do. */
export class ListenError extends UserError {
  override readonly name = 'ListenError';

  constructor(
    readonly code: string,
    readonly port: number,
    host: string,
  ) {
    super(`${describe(code, port, host)} Choose another with --port; --port 0 takes any free one.`);
  }
}

function describe(code: string, port: number, host: string): string {
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is in use by another program.`;
  if (code === 'EACCES') return `Port ${port} on ${host} needs more rights than this program has.`;
  return `Port ${port} on ${host} cannot be listened on (${code}).`;
}
