import { UserError } from '../user-error.js';

/** The folder of a run that was there is gone: removed, renamed, or its disk is not mounted. Nothing was created. */
export class StoreGoneError extends UserError {
  override readonly name = 'StoreGoneError';
}

const FULL = ['ENOSPC', 'EDQUOT'];
const FORBIDDEN = ['EACCES', 'EPERM', 'EROFS'];
/** A failing disk, a network disk that does not answer, a process or a machine that has too many files open. */
const UNREACHABLE = ['EIO', 'ESTALE', 'ENODEV', 'ENXIO', 'EHOSTDOWN', 'ENOTCONN', 'ETIMEDOUT', 'EMFILE', 'ENFILE'];

/**
 * What keeps a folder from being read or written, and what to do about it, where that is something a person can put
 * right: half a sentence, to be followed by what happens then. `undefined` for any other error.
 */
export function describeStoreTrouble(error: unknown, location: string): string | undefined {
  if (error instanceof StoreGoneError) return error.message;
  const code = codeOf(error);
  if (FULL.includes(code)) return `the disk of ${location} is full (${code}): make space on it`;
  if (FORBIDDEN.includes(code))
    return `${location} may not be written (${code}): give yourself the right to write there`;
  if (UNREACHABLE.includes(code)) return `${location} cannot be used (${code}): see to its disk`;
  return undefined;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
