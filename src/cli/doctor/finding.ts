/** What doctor looks at, in this order. */
export type CheckName =
  'program' | 'settings' | 'prompts' | 'input' | 'key' | 'models' | 'call' | 'temporal' | 'output' | 'disk';

/** `note`: a run can start, but a person should know. `fix`: it cannot, or not all of it. */
export type FindingState = 'ok' | 'note' | 'fix' | 'skipped';

/** One line of the report; the message says what is so, or what to do. Never holds a key. */
export interface Finding {
  check: CheckName;
  state: FindingState;
  message: string;
}

/** Makes findings of one check. */
export function findingsOf(check: CheckName) {
  const as =
    (state: FindingState) =>
    (message: string): Finding => ({ check, state, message });
  return { ok: as('ok'), note: as('note'), fix: as('fix'), skipped: as('skipped') };
}

/** The first few of many, and how many more there are. */
export function firstOf(messages: readonly string[], most = 5): string[] {
  const more = messages.length - most;
  return more <= 0 ? [...messages] : [...messages.slice(0, most), `and ${more} more`];
}
