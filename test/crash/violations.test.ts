import { emptyFunnel } from '../../src/accounting.js';
import { findViolations, type Facts } from './violations.js';

const once = { deliveries: 1, inFlight: 0, answered: 1, abandoned: 0 };
const twice = { deliveries: 2, inFlight: 0, answered: 1, abandoned: 1 };
const expected = { files: { 'messages.jsonl': 'a' }, funnel: emptyFunnel() };
const PAID = { small: { calls: 2, prompt: 100, cached: 0, completion: 10 } };
const sound: Facts = {
  result: expected,
  expected,
  calls: { 'mill/judge': once, 'mill/generate': once },
  expectedCalls: ['mill/judge', 'mill/generate'],
  kills: [],
  atOnce: 0,
  paid: { accounts: PAID, journal: PAID },
  recoveries: [{ kind: 'worker', seconds: 29, isFull: true }],
};

const repeated = { ...sound.calls, 'mill/judge': twice };
const judging = new Set(['mill/judge']);
const oneMore = { ...emptyFunnel(), chunks: { in: 1, accepted: 0, rejected: 0, failed: 0, notRun: 0 } };

describe('violations', () => {
  it.each<[string, Partial<Facts>]>([
    ['everything as it must be', {}],
    [
      'a file that a kill left half written',
      { result: { ...expected, files: { ...expected.files, 'a.json.1.tmp': '' } } },
    ],
    ['a call repeated that was in flight at a kill', { calls: repeated, kills: [new Set(), judging] }],
    [
      'a call repeated twice that was in flight at two',
      {
        calls: { ...repeated, 'mill/judge': { ...twice, deliveries: 3 } },
        kills: [judging, judging],
      },
    ],
  ])('none: %s', (_what, facts) => {
    expect(findViolations({ ...sound, ...facts })).toEqual([]);
  });

  it.each<[string, Partial<Facts>, string]>([
    ['not completed', { incomplete: 'given up' }, 'given up'],
    ['differing files', { result: { ...expected, files: {} } }, 'messages.jsonl'],
    ['differing files', { result: { ...expected, files: { ...expected.files, 'x.json': '' } } }, 'x.json'],
    ['accounts', { result: { ...expected, funnel: oneMore } }, 'chunks: '],
    ['paid twice', { calls: repeated }, 'mill/judge (asked 2 times'],
    ['paid twice', { calls: repeated, kills: [new Set(['mill/generate'])] }, 'in flight at 0 kills'],
    ['paid twice', { calls: { ...repeated, 'mill/judge': { ...twice, deliveries: 3 } }, kills: [judging] }, '3 times'],
    ['asked otherwise', { expectedCalls: ['mill/judge'] }, 'mill/generate is new'],
    ['asked otherwise', { calls: { 'mill/judge': once } }, 'mill/generate is missing'],
    ['at once', { atOnce: 1 }, '1 calls'],
    ['money', { paid: { accounts: {}, journal: PAID } }, "the workers' accounts say {}, the journal"],
    ['slow', { recoveries: [{ kind: 'server', seconds: 31, isFull: true }] }, 'server: only at full speed'],
    ['slow', { recoveries: [{ kind: 'server', seconds: 31, isFull: false }] }, 'server: not at full speed'],
  ])('%s: %j', (check, facts, words) => {
    expect(findViolations({ ...sound, ...facts })).toEqual([{ check, facts: expect.stringContaining(words) }]);
  });
});
