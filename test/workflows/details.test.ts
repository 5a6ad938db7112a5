import { countRecord, emptyFunnel } from '../../src/accounting.js';
import type { ChunkRecord } from '../../src/records.js';
import type { ChunkDetails } from '../../src/workflows/details.js';
import { describeBatch, describeChunk, describeRun, introduceChunk } from '../../src/workflows/details.js';
import type { RunProgress } from '../../src/workflows/messages.js';
import {
  droppedConversation,
  droppedPair,
  PAIRS,
  SAMPLE_CHUNK,
  sampleConversation,
  sampleQuestion,
  sampleRecord,
  sampleRolePlay,
} from '../support/sample-records.js';

function details(story: ChunkRecord, more: Partial<ChunkDetails> = {}): string {
  return describeChunk({ story, standings: [], ...more });
}

const UNJUDGED = sampleRecord({ judge: { calls: [] }, questions: [], pairs: [], conversations: [] });
const JUDGED = sampleRecord({ questions: [], pairs: [], conversations: [] });

describe("a chunk's details", () => {
  it('say where its story is to be read before anything is known', () => {
    expect(details(UNJUDGED)).toBe('Being judged.');
    expect(introduceChunk(SAMPLE_CHUNK.id)).toBe(
      `Its whole story, with every call: \`npx augmentoolkit inspect ${SAMPLE_CHUNK.id}\``,
    );
  });

  it('tell where each question stands while it is vetted', () => {
    const pair = { question: 'Why do *gates* point upstream?', answer: 'So that the water holds them shut.' };
    const shown = details(JUDGED, {
      standings: [
        { number: 1, pair, version: 1, check: 'question', votes: [] },
        { number: 2, pair, version: 3, check: 'accuracy', votes: ['yes', 'no', 'unusable'] },
        { number: 3, pair, version: 2, votes: [] },
      ],
    });
    expect(shown).toContain('Judged suitable: It explains how gates work.');
    expect(shown).toContain('| 1 | Why do \\*gates\\* point upstream? | question: being voted on |');
    expect(shown).toContain('| version 3, accuracy: 1 yes, 1 no, 1 without a verdict |');
    expect(shown).toContain('| version 2, being written |');
  });

  it('tell what became of each question and conversation', () => {
    const shown = details(
      sampleRecord({
        questions: [
          sampleQuestion(1),
          sampleQuestion(2, { state: 'rejected', step: 'check-answer-accuracy', reason: 'It is wrong.\nAnd more.' }),
        ],
        pairs: [droppedPair(1, { state: 'rejected', reason: 'It leans on the text.' })],
        conversations: [sampleConversation(1, [2, 1]), droppedConversation(2, { state: 'failed', reason: 'refused' })],
      }),
    );
    expect(shown).toContain(
      [
        '|  | question | where it stands |',
        '| --- | --- | --- |',
        `| 1 | ${PAIRS[0]?.question} | rejected: It leans on the text. |`,
        `| 2 | ${PAIRS[1]?.question} | rejected: It is wrong. |`,
      ].join('\n'),
    );
    expect(shown).toContain('|  | asks questions | where it stands |');
    expect(shown).toContain('| 1 | 2, 1 | accepted |\n| 2 | 1, 2 | failed: refused |');
  });

  it('say of an accepted question what is still to come, and of a pair whether it was reworded', () => {
    const revised = sampleRecord();
    const reworded = sampleRecord({ pairs: revised.pairs.map((pair) => ({ ...pair, verdict: 'reword' as const })) });
    expect(details(sampleRecord({ pairs: [] }))).toContain('| accepted, its context being revised |');
    expect(details(revised)).toContain('| kept |');
    expect(details(reworded)).toContain('| kept, reworded |');
  });

  it('name who speaks in a role-play', () => {
    const record = sampleRecord({ conversations: [sampleRolePlay(1, [1])] });
    expect(details(record)).toContain('| 1 | 1 | Mara Lindholm and Tom Reyes | accepted |');
  });

  it('end with why it was not accepted, shortly', () => {
    const outcome = { state: 'rejected', step: 'judge-paragraph', reason: 'x'.repeat(500) } as const;
    const shown = details(JUDGED, { outcome });
    expect(shown).toContain(`**rejected** at judge-paragraph: ${'x'.repeat(159)}…`);
    expect(shown.length).toBeLessThan(500);
  });
});

it("a batch's details count, and name what is at work", () => {
  expect(describeBatch(3, countRecord(sampleRecord()), ['canals-0a1b2c-00004-01234567'])).toBe(
    [
      'Batch 3',
      '',
      '|  | in | accepted | rejected | failed |',
      '| --- | --- | --- | --- | --- |',
      '| chunks (1 worthy) | 1 | 1 | 0 | 0 |',
      '| questions | 2 | 2 | 0 | 0 |',
      '| pairs | 2 | 2 | 0 | 0 |',
      '| conversations | 1 | 1 | 0 | 0 |',
      '',
      'At work: canals\\-0a1b2c\\-00004\\-01234567',
    ].join('\n'),
  );
});

describe("a run's details", () => {
  const progress: RunProgress = {
    stage: 'processing',
    paused: false,
    chunks: 40,
    funnel: emptyFunnel(),
    totals: sampleRecord().totals,
    notes: ['SUBSET_SIZE 2 takes no chunk of a.txt'],
    openBatches: ['r/batch/0001'],
    attention: {},
  };

  it('say what it is at, and what a person should know', () => {
    const shown = describeRun({ ...progress, attention: { small: 'blocked: 401 from api.example.com' } });
    expect(shown).toContain('Working on the chunks.');
    expect(shown).toContain('**small**: blocked: 401 from api.example.com');
    expect(shown).toContain('0 of 40 chunks in closed batches; 1 batch is open.');
    expect(shown).toContain('- SUBSET\\_SIZE 2 takes no chunk of a.txt');
  });

  it('say how a paused one goes on, and nothing of chunks before there are any', () => {
    const shown = describeRun({ ...progress, stage: 'preparing', paused: true, chunks: 0, notes: [] });
    expect(shown).toBe('**Paused**: `npx augmentoolkit resume` lets it go on.');
  });
});
