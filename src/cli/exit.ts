import { UserError } from '../user-error.js';

/** Exit codes of all commands. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A command was asked for something that cannot be. */
export class UsageError extends UserError {
  override readonly name = 'UsageError';
}

/** What to print for an error that ended a command. */
export function describeError(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (debug && error.stack !== undefined) return error.stack;
  if (error instanceof UserError) return error.message;
  return `Something went wrong that should not: ${error.message}\nRun the command again with --debug to see where, and please report it.`;
}
