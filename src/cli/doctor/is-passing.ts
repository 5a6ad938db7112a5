import type { CallFailure } from '../../llm/errors.js';

/** The service is there, but busy or in trouble (429, 5xx): nothing of ours is wrong, and a run waits it out. */
export function isPassing({ kind, message, rateLimited }: CallFailure): boolean {
  return rateLimited || (kind === 'transport' && /^5\d\d /.test(message));
}
