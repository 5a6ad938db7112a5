import { expectedCalls, expectedJudgeCalls, expectVote, type ModelConduct } from '../../src/planning/expected-calls.js';
import type { PipelineSettings } from '../../src/run-context.js';

const SETTINGS: PipelineSettings = {
  until: 'conversations',
  assistantMode: true,
  doubleCheckCounter: 3,
  questionVersions: 5,
  rearrangements: 3,
  conversationAttempts: 2,
  seed: 1,
};
const AGREEABLE: ModelConduct = { questions: 4, yes: 1, kept: 1, unusable: 0, faulty: 0 };

const callsOf = (settings: Partial<PipelineSettings>, conduct: Partial<ModelConduct> = {}) =>
  Object.values(expectedCalls({ ...SETTINGS, ...settings }, { ...AGREEABLE, ...conduct })).reduce((a, b) => a + b, 0);

describe('the calls of a chunk that an agreeable model is asked about', () => {
  it.each([
    [true, 1, 21],
    [true, 2, 33],
    [true, 3, 33],
    [true, 5, 45],
    [false, 1, 33],
    [false, 2, 45],
    [false, 3, 45],
    [false, 5, 57],
  ])('in assistant mode (%s) with %d votes are %d', (assistantMode, doubleCheckCounter, calls) => {
    expect(callsOf({ assistantMode, doubleCheckCounter })).toBe(calls);
  });

  it('are fewer without votes, and without conversations', () => {
    expect(callsOf({ doubleCheckCounter: 0 })).toBe(1 + 1 + 4 + 3);
    expect(callsOf({ until: 'pairs' })).toBe(1 + 1 + 24 + 4);
    expect(callsOf({ rearrangements: 0 })).toBe(30);
  });

  it('has no more conversations than orders', () => {
    expect(callsOf({ rearrangements: 9 }, { questions: 2 })).toBe(1 + 1 + 12 + 2 + 2);
  });
});

describe('a vote', () => {
  it.each([
    [1, 0.5, 1, 0.5],
    // Two at first; a third where they differ.
    [3, 0.5, 2.5, 0.5],
    // A tie fails: two of two are needed, one at a time.
    [2, 0.5, 1.5, 0.25],
  ])('of %d places at %d takes %d calls and passes with %d', (places, yes, votes, passes) => {
    const expected = expectVote(places, yes);
    expect(expected.votes).toBeCloseTo(votes, 9);
    expect(expected.passes).toBeCloseTo(passes, 9);
  });
});

it('grows with everything that goes wrong', () => {
  const plain = callsOf({});
  expect(callsOf({}, { yes: 0.8 })).toBeGreaterThan(plain);
  expect(callsOf({}, { unusable: 0.1 })).toBeCloseTo(plain / 0.9, 6);
  expect(callsOf({}, { faulty: 0.5 })).toBeCloseTo(plain + 1.5, 6);
  expect(expectedJudgeCalls({ unusable: 0.5 })).toEqual({ 'judge-paragraph': 2 });
});
