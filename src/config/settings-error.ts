import { UserError } from '../user-error.js';

/** Settings that cannot be used: wrong use, not a bug. Each problem says where, what, and what to do; none holds a key. */
export class SettingsError extends UserError {
  override readonly name = 'SettingsError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}
