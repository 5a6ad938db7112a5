import { usedCallIds, usedCalls } from '../../src/archive/used-calls.js';
import { sampleCall, sampleQuestion, sampleRecord } from '../support/sample-records.js';

const VOTE = { vote: 'yes' as const, reason: '', calls: ['q1.v1.question.1', 'q1.v1.question.1.b'] };
const RECORD = sampleRecord({
  questions: [
    sampleQuestion(1, {
      versions: [
        {
          pair: { question: 'Why?', answer: 'So.' },
          checks: [{ check: 'question', outcome: 'passed', votes: [VOTE] }],
        },
      ],
      calls: ['q1.v2.regenerate'],
    }),
  ],
});
const IDS =
  'judge generate q1.v1.question.1 q1.v1.question.1.b q1.v2.regenerate q1.revise q2.revise c1.conversation'.split(' ');

it('names the calls behind a record in the order of the pipeline', () => {
  expect(usedCallIds(RECORD)).toEqual(IDS);
});

it('gives their answers, and no others', () => {
  const calls = [...IDS, 'c1.conversation@2', 'q9.revise'].map((id) => sampleCall(id)).toReversed();
  expect(usedCalls(RECORD, calls).map(({ call }) => call.id)).toEqual(IDS);
});

it('takes the newest answer of a call that was asked with several requests', () => {
  const old = { ...sampleCall('judge', { question: 'Old?' }), at: '2026-11-21T20:00:00.000Z' };
  const latest = sampleCall('judge', { question: 'New?' });
  expect(usedCalls(RECORD, [latest, old])).toEqual([latest]);
});

it('leaves out a call that is not in the journal', () => {
  expect(usedCalls(RECORD, [sampleCall('generate')]).map(({ call }) => call.id)).toEqual(['generate']);
});
