import { hashOf } from '../../src/store/canonical.js';
import type { PaidTwoWays } from '../support/paid.js';
import type { CallHistory } from '../../src/rehearsal/server.js';
import type { Funnel } from '../../src/records.js';
import { STAGES } from '../../src/records.js';
import type { Recovery } from './load-log.js';

/** How long work may take to be at full speed again. */
const LONGEST_RECOVERY_S = 30;
const SHOWN = 5;

export interface Violation {
  check:
    'not completed' | 'differing files' | 'paid twice' | 'asked otherwise' | 'at once' | 'slow' | 'accounts' | 'money';
  facts: string;
}

/** What an undisturbed run leaves behind. */
export interface Result {
  files: Record<string, string>;
  funnel: Funnel;
}

/** What is known after a disturbed run. */
export interface Facts {
  /** Why it did not complete, if it did not. */
  incomplete?: string;
  /** What it left behind; nothing where it did not complete. */
  result?: Result;
  /** Read after the end. */
  paid: PaidTwoWays;
  expected: Result;
  /** By call id. */
  calls: Record<string, CallHistory>;
  /** Of the undisturbed run. */
  expectedCalls: readonly string[];
  /** The calls in flight at each kill of workers. */
  kills: readonly ReadonlySet<string>[];
  /** Calls that came while the same call was in flight. */
  atOnce: number;
  recoveries: readonly Recovery[];
}

/** Everything that must not be. Pure. */
export function findViolations(facts: Facts): Violation[] {
  const { incomplete, result, expected, atOnce } = facts;
  return [
    ...violation('not completed', incomplete === undefined ? [] : [incomplete]),
    ...violation('differing files', result === undefined ? [] : differingFiles(result.files, expected.files)),
    ...violation('accounts', result === undefined ? [] : describeAccounts(result.funnel, expected.funnel)),
    ...violation('paid twice', paidTwice(facts)),
    ...violation('asked otherwise', result === undefined ? [] : askedOtherwise(facts)),
    ...violation('at once', atOnce === 0 ? [] : [`${atOnce} calls came while the same call was in flight`]),
    ...violation('money', describeMoney(facts.paid)),
    ...violation('slow', facts.recoveries.filter(({ seconds }) => seconds > LONGEST_RECOVERY_S).map(describeSlow)),
  ];
}

function violation(check: Violation['check'], facts: readonly string[]): Violation[] {
  if (facts.length === 0) return [];
  const more = facts.length > SHOWN ? ` and ${facts.length - SHOWN} more` : '';
  return [{ check, facts: `${facts.slice(0, SHOWN).join(', ')}${more}` }];
}

export function differingFiles(files: Record<string, string>, expected: Record<string, string>): string[] {
  const paths = new Set([...Object.keys(expected), ...Object.keys(files)]);
  return [...paths].filter((path) => files[path] !== expected[path] && !isTemporary(path));
}

/** What a kill left half written: no file of the dataset, and counted apart. */
export function isTemporary(path: string): boolean {
  return path.endsWith('.tmp');
}

/** Each delivery of a call after its first needs a kill that found it in flight. */
function paidTwice({ calls, kills }: Facts): string[] {
  return Object.entries(calls).flatMap(([call, { deliveries, answered, abandoned }]) => {
    const found = kills.filter((inFlight) => inFlight.has(call)).length;
    if (deliveries - 1 <= found) return [];
    return [
      `${call} (asked ${deliveries} times: ${answered} answered, ${abandoned} abandoned; in flight at ${found} kills)`,
    ];
  });
}

function askedOtherwise({ calls, expectedCalls }: Facts): string[] {
  const expected = new Set(expectedCalls);
  return [
    ...Object.keys(calls).flatMap((call) => (expected.has(call) ? [] : [`${call} is new`])),
    ...expectedCalls.flatMap((call) => (call in calls ? [] : [`${call} is missing`])),
  ];
}

function describeAccounts(funnel: Funnel, expected: Funnel): string[] {
  return STAGES.flatMap((stage) => {
    const { in: all, accepted, rejected, failed, notRun } = funnel[stage];
    const isBalanced = all === accepted + rejected + failed + notRun;
    const isExpected = JSON.stringify(funnel[stage]) === JSON.stringify(expected[stage]);
    if (isBalanced && isExpected) return [];
    return [`${stage}: ${JSON.stringify(funnel[stage])}, undisturbed ${JSON.stringify(expected[stage])}`];
  });
}

/** Each answer in the journal was paid once, by one worker. */
function describeMoney({ accounts, journal }: PaidTwoWays): string[] {
  if (hashOf(accounts) === hashOf(journal)) return [];
  return [`the workers' accounts say ${JSON.stringify(accounts)}, the journal ${JSON.stringify(journal)}`];
}

function describeSlow({ kind, seconds, isFull }: Recovery): string {
  return `${kind}: ${isFull ? 'only' : 'not'} at full speed after ${seconds.toFixed(1)} s`;
}
