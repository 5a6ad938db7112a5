import { UserError } from '../user-error.js';

/** The input cannot be used at all. The message names the path and what to do next; the run does not start. */
export class InputError extends UserError {
  override readonly name = 'InputError';
}
