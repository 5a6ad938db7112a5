import { wrapText } from '../../wrap-text.js';
import type { Finding, FindingState } from './finding.js';

const STATES: Readonly<Record<FindingState, string>> = { ok: 'ok', note: 'note', fix: 'TO DO', skipped: 'skipped' };
const CHECK_WIDTH = 10;
const STATE_WIDTH = 9;

/**
 * `settings  ok       config.yaml`, further lines below the message.
 * @param width columns there are
 */
export function describeFinding({ check, state, message }: Finding, width: number): string {
  const head = check.padEnd(CHECK_WIDTH) + STATES[state].padEnd(STATE_WIDTH);
  const [first = '', ...others] = wrapText(message, width - head.length);
  return [head + first, ...others.map((line) => ' '.repeat(head.length) + line)].join('\n');
}

/** `next`: the command to give when all is well. */
export function describeWhole(findings: readonly Finding[], next: string): string {
  const count = findings.filter(({ state }) => state === 'fix').length;
  if (count === 0) {
    const hasNotes = findings.some(({ state }) => state === 'note');
    return `${hasNotes ? 'A run can start; mind the notes.' : 'All is well.'} Next: ${next}`;
  }
  return count === 1 ? 'One thing to put right.' : `${count} things to put right.`;
}
