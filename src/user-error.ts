/**
 * Something a person can put right: settings, input, prompts, or what surrounds the program. The message says what is
 * wrong, where, and what to do next; the command line shows it and nothing more. Any other error is a bug of ours.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}
