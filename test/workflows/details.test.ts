import { countRecord } from '../../src/accounting.js';
import { describeChunk, describeFunnel } from '../../src/workflows/details.js';
import {
  droppedConversation,
  droppedPair,
  PAIRS,
  sampleQuestion,
  sampleRecord,
  sampleRolePlay,
} from '../support/sample-records.js';

const LABEL = 'Canals, chunk 2: The gates';

describe("a chunk's details", () => {
  it('are its label before anything is known', () => {
    const record = sampleRecord({ judge: { calls: [] }, questions: [], pairs: [], conversations: [] });
    expect(describeChunk(LABEL, record)).toBe(LABEL);
  });

  it('tell what became of each question and conversation', () => {
    const record = sampleRecord({
      questions: [
        sampleQuestion(1),
        sampleQuestion(2, { state: 'rejected', step: 'check-answer-accuracy', reason: 'It is wrong.\nAnd more.' }),
      ],
      pairs: [droppedPair(1, { state: 'rejected', reason: 'It leans on the text.' })],
      conversations: [droppedConversation(1, { state: 'failed', reason: 'refused' })],
    });
    expect(describeChunk(LABEL, record)).toBe(
      [
        LABEL,
        'Judged suitable.',
        `1. ${PAIRS[0]?.question} – rejected: It leans on the text.\n2. ${PAIRS[1]?.question} – rejected: It is wrong.`,
        '- conversation 1: failed: refused',
      ].join('\n\n'),
    );
  });

  it('name who speaks in a role-play', () => {
    const record = sampleRecord({ conversations: [sampleRolePlay(1, [1])] });
    expect(describeChunk(LABEL, record)).toContain('- conversation 1, Mara Lindholm and Tom Reyes: accepted');
  });

  it('end with why it was not accepted, shortly', () => {
    const record = sampleRecord({
      state: 'rejected',
      step: 'judge-paragraph',
      reason: 'x'.repeat(500),
      questions: [],
      pairs: [],
      conversations: [],
    });
    expect(describeChunk(LABEL, record, record)).toContain(`**rejected** at judge-paragraph: ${'x'.repeat(160)}…`);
    expect(describeChunk(LABEL, record, record).length).toBeLessThan(300);
  });
});

it("a funnel's details are a table with a line for each stage", () => {
  expect(describeFunnel('Batch 3', countRecord(sampleRecord()))).toBe(
    [
      'Batch 3',
      '',
      '| | in | accepted | rejected | failed |',
      '| --- | --- | --- | --- | --- |',
      '| chunks | 1 | 1 | 0 | 0 |',
      '| questions | 2 | 2 | 0 | 0 |',
      '| pairs | 2 | 2 | 0 | 0 |',
      '| conversations | 1 | 1 | 0 | 0 |',
    ].join('\n'),
  );
});
