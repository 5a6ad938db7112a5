/** Exit codes of all commands. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A person asked for something that cannot be: the message says what, and what to do next. Not a bug. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Errors by name that tell people of their settings, input or surroundings; anything else is a bug of ours. */
const KNOWN_ERRORS = new Set([
  'UsageError',
  'SettingsError',
  'InputError',
  'PromptError',
  'TemporalError',
  'RehearsalError',
]);

export function isKnownError(error: unknown): boolean {
  return error instanceof Error && KNOWN_ERRORS.has(error.name);
}

/** What to print for an error that ended a command. */
export function describeError(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (debug && error.stack !== undefined) return error.stack;
  if (isKnownError(error)) return error.message;
  return `Something went wrong that should not: ${error.message}\nRun the command again with --debug to see where, and please report it.`;
}
