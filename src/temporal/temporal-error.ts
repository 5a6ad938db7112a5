import { UserError } from '../user-error.js';

/** Temporal cannot be reached, started or stopped: the message says what is wrong and what to do. Not a bug. */
export class TemporalError extends UserError {
  override readonly name = 'TemporalError';
}
