import { UserError } from '../user-error.js';

/** The prompts cannot be used as they are; the message lists all problems, one a line, for the person who wrote them. */
export class PromptError extends UserError {
  override readonly name = 'PromptError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}
