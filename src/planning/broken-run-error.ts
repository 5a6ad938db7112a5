import { UserError } from '../user-error.js';

/** Something that a run is made of is missing or damaged in its store. The message says what, where, and what mends it. */
export class BrokenRunError extends UserError {
  override readonly name = 'BrokenRunError';
}
