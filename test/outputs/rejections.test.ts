import { countDropped, countRecord } from '../../src/accounting.js';
import { listRejections, notRun } from '../../src/outputs/rejections.js';
import { STAGES } from '../../src/records.js';
import {
  droppedConversation,
  droppedPair,
  failedCheck,
  PAIRS,
  SAMPLE_CHUNK,
  sampleConversation,
  samplePairRecord,
  sampleQuestion,
  sampleRecord,
} from '../support/sample-records.js';

const CHUNK = SAMPLE_CHUNK.id;
const EMPTY = { questions: [], pairs: [], conversations: [] };

describe('what did not make it', () => {
  it('is nothing of a chunk of which all was accepted', () => {
    expect(listRejections(sampleRecord())).toEqual([]);
  });

  it.each(['rejected', 'failed'] as const)('names a chunk that was %s, with the calls that led there', (state) => {
    const record = sampleRecord({ state, step: 'judge-paragraph', reason: 'A table of contents.', ...EMPTY });
    expect(listRejections(record)).toEqual([
      {
        id: CHUNK,
        item: 'chunk',
        state,
        step: 'judge-paragraph',
        reason: 'A table of contents.',
        calls: ['judge', 'generate'],
      },
    ]);
  });

  it.each(['rejected', 'failed'] as const)(
    'names a question that was %s, as it last stood, with the votes on it and the calls of its whole history',
    (state) => {
      const voted = { vote: 'no' as const, reason: 'The text speaks of two pairs.', calls: ['q1.v2.accuracy.1'] };
      const check = { ...failedCheck(), votes: [voted] };
      const [first = { question: '', answer: '' }, second = { question: '', answer: '' }] = PAIRS;
      const passed = {
        check: 'question' as const,
        outcome: 'passed' as const,
        votes: [{ vote: 'yes' as const, reason: 'It fits.', calls: ['q1.v2.question.1'] }],
      };
      const versions = [
        { pair: first, checks: [failedCheck()] },
        { pair: second, checks: [passed, check] },
      ];
      const question = sampleQuestion(1, {
        state,
        step: 'check-answer-accuracy',
        reason: 'The text speaks of two pairs.',
        versions,
        calls: ['q1.v2.regenerate'],
      });
      expect(listRejections(sampleRecord({ ...EMPTY, questions: [question] }))).toEqual([
        {
          id: `${CHUNK}/q1`,
          item: 'question',
          state,
          step: 'check-answer-accuracy',
          reason: 'The text speaks of two pairs.',
          pair: second,
          votes: check.votes,
          calls: [
            'generate',
            'q1.v2.regenerate',
            'q1.v1.accuracy.1',
            'q1.v1.accuracy.2',
            'q1.v1.accuracy.2.b',
            'q1.v2.question.1',
            'q1.v2.accuracy.1',
          ],
        },
      ]);
    },
  );

  it('names a question that repeats another, without votes', () => {
    const question = sampleQuestion(2, { state: 'rejected', step: 'duplicate', reason: 'It repeats: Why?' });
    expect(listRejections(sampleRecord({ ...EMPTY, questions: [question] }))).toEqual([
      {
        id: `${CHUNK}/q2`,
        item: 'question',
        state: 'rejected',
        step: 'duplicate',
        reason: 'It repeats: Why?',
        pair: PAIRS[1],
        calls: ['generate'],
      },
    ]);
  });

  it.each(['rejected', 'failed'] as const)('names a pair that was %s in revision, as it went in', (state) => {
    const pair = droppedPair(1, { state, step: 'revise-context', reason: 'It leans on the text.' });
    expect(listRejections(sampleRecord({ ...EMPTY, questions: [sampleQuestion(1)], pairs: [pair] }))).toEqual([
      {
        id: `${CHUNK}/q1/pair`,
        item: 'pair',
        state,
        step: 'revise-context',
        reason: 'It leans on the text.',
        pair: PAIRS[0],
        calls: ['q1.revise'],
      },
    ]);
  });

  it.each(['rejected', 'failed'] as const)('names a conversation that was %s', (state) => {
    const conversation = droppedConversation(2, { state, reason: 'A pair is missing.' });
    expect(listRejections(sampleRecord({ ...EMPTY, conversations: [conversation] }))).toEqual([
      {
        id: `${CHUNK}/c2`,
        item: 'conversation',
        state,
        step: 'write-assistant-conversation',
        reason: 'A pair is missing.',
        calls: ['c2.conversation'],
      },
    ]);
  });

  it('names a chunk that was not run', () => {
    expect(notRun(CHUNK)).toEqual({
      id: CHUNK,
      item: 'chunk',
      state: 'not run',
      step: 'run',
      reason: 'the run was cancelled',
      calls: [],
    });
  });

  it('is as much as the counts say, in the order of the pipeline', () => {
    const record = sampleRecord({
      state: 'failed',
      questions: [sampleQuestion(1), sampleQuestion(2, { state: 'rejected' }), sampleQuestion(3, { state: 'failed' })],
      pairs: [samplePairRecord(1), droppedPair(2, { state: 'failed' })],
      conversations: [sampleConversation(1, [1]), droppedConversation(2, { state: 'rejected', reason: 'x' })],
    });
    const ids = listRejections(record).map(({ id }) => id.slice(CHUNK.length));
    expect(ids).toEqual(['', '/q2', '/q3', '/q2/pair', '/c2']);
    const funnel = countRecord(record);
    expect(ids).toHaveLength(STAGES.reduce((sum, stage) => sum + countDropped(funnel[stage]), 0));
  });
});
