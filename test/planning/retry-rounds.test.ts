import { retryItemId } from '../../src/ids.js';
import type { ChunkState, RetryRounds } from '../../src/planning/retry-rounds.js';
import { failedItems, raiseRounds, readRetryRounds, writeRetryRounds } from '../../src/planning/retry-rounds.js';
import type { ChunkRecord } from '../../src/records.js';
import { LocalStore } from '../../src/store/local-store.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import {
  droppedConversation,
  droppedPair,
  failedCheck,
  PAIRS,
  sampleConversation,
  samplePairRecord,
  sampleQuestion,
  sampleRecord,
} from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();

const REASON = 'content policy';
const NOTHING = { questions: [], pairs: [], conversations: [] };
const [FIRST = { question: '', answer: '' }] = PAIRS;

function failedChunk(step: string, rest: Partial<ChunkRecord> = {}): ChunkRecord {
  return sampleRecord({ ...NOTHING, state: 'failed', step, reason: REASON, ...rest });
}

function undecidedQuestion(number: number) {
  const versions = [{ pair: FIRST, checks: [failedCheck('undecided')] }];
  return sampleQuestion(number, { state: 'failed', step: 'check-answer-accuracy', reason: REASON, versions });
}

const FAILED_QUESTION = sampleQuestion(3, { state: 'failed', step: 'regenerate-question', reason: REASON });
const FAILED_PAIR = droppedPair(2, { state: 'failed', step: 'revise-context', reason: REASON });

describe('what failed of a chunk', () => {
  it.each<[string, ChunkRecord, string[]]>([
    ['all is accepted', sampleRecord(), []],
    ['its judge gave no decision', failedChunk('judge-paragraph'), ['judge']],
    ['no questions could be had', failedChunk('generate-questions'), ['generate']],
    ['its workflow broke', failedChunk('workflow'), ['chunk']],
    ['the judge was against it', sampleRecord({ ...NOTHING, state: 'rejected', step: 'judge-paragraph' }), []],
    ['a vote stayed undecided', sampleRecord({ questions: [undecidedQuestion(1), sampleQuestion(2)] }), ['q1']],
    ['no better version was to be had', sampleRecord({ questions: [sampleQuestion(1), FAILED_QUESTION] }), ['q3']],
    [
      'a question was rejected',
      sampleRecord({ questions: [sampleQuestion(1, { state: 'rejected', step: 'check-question' })] }),
      [],
    ],
    ['a revision failed', sampleRecord({ pairs: [samplePairRecord(1), FAILED_PAIR] }), ['q2.revise']],
    ['a revision dropped a pair', sampleRecord({ pairs: [droppedPair(2, { state: 'rejected' })] }), []],
    [
      'conversations failed',
      sampleRecord({
        conversations: [
          droppedConversation(1, { state: 'failed', reason: REASON }),
          sampleConversation(2, [1, 2]),
          { number: 3, state: 'failed', step: 'write-scenario', reason: REASON, order: [2, 1], scene: {}, calls: [] },
        ],
      }),
      ['c1', 'c3'],
    ],
    [
      'a conversation was rejected',
      sampleRecord({ conversations: [droppedConversation(1, { state: 'rejected', reason: 'an empty turn' })] }),
      [],
    ],
    [
      'no pair survived, since some could not be decided',
      failedChunk('pairs', { questions: [undecidedQuestion(1), sampleQuestion(2)], pairs: [FAILED_PAIR] }),
      ['q1', 'q2.revise'],
    ],
    ['no pair survived', sampleRecord({ ...NOTHING, state: 'rejected', step: 'pairs' }), []],
  ])('where %s', (_what, record, items) => {
    expect(failedItems(record).map(retryItemId)).toEqual(items);
  });
});

describe('the next rounds', () => {
  const C1 = { kind: 'conversation', number: 1 } as const;
  const Q2 = { kind: 'question', number: 2 } as const;

  it.each<[string, RetryRounds, ChunkState[], RetryRounds, { items: number; chunks: number; unfinished: number }]>([
    ['nothing failed', {}, [{ id: 'a', failed: [] }], {}, { items: 0, chunks: 0, unfinished: 0 }],
    ['nothing is done', {}, [{ id: 'a' }], {}, { items: 0, chunks: 0, unfinished: 0 }],
    [
      'items failed for the first time',
      {},
      [
        { id: 'a', failed: [Q2, C1] },
        { id: 'b', failed: [{ kind: 'judge' }] },
        { id: 'c', failed: [] },
      ],
      { a: { q2: 2, c1: 2 }, b: { judge: 2 } },
      { items: 3, chunks: 2, unfinished: 0 },
    ],
    [
      'one failed again, and another is good now',
      { a: { q2: 2, c1: 2 } },
      [{ id: 'a', rounds: { q2: 2, c1: 2 }, failed: [C1] }],
      { a: { q2: 2, c1: 3 } },
      { items: 1, chunks: 1, unfinished: 0 },
    ],
    [
      'all is good at last',
      { a: { c1: 3 } },
      [{ id: 'a', rounds: { c1: 3 }, failed: [] }],
      { a: { c1: 3 } },
      { items: 0, chunks: 0, unfinished: 0 },
    ],
    [
      'it was raised, but never prepared',
      { a: { c1: 2 } },
      [{ id: 'a', failed: [C1] }],
      { a: { c1: 2 } },
      { items: 0, chunks: 0, unfinished: 1 },
    ],
    [
      'the next round of one item was raised, but never prepared',
      { a: { q2: 2, c1: 3 } },
      [{ id: 'a', rounds: { q2: 2, c1: 2 }, failed: [C1] }],
      { a: { q2: 2, c1: 3 } },
      { items: 0, chunks: 0, unfinished: 1 },
    ],
    [
      'it was prepared, but not done, and another failed meanwhile',
      { a: { c1: 2 } },
      [
        { id: 'a', rounds: { c1: 2 } },
        { id: 'b', failed: [Q2] },
      ],
      { a: { c1: 2 }, b: { q2: 2 } },
      { items: 1, chunks: 1, unfinished: 1 },
    ],
    [
      'a chunk has left the input',
      { gone: { judge: 2 } },
      [{ id: 'a', failed: [C1] }],
      { gone: { judge: 2 }, a: { c1: 2 } },
      { items: 1, chunks: 1, unfinished: 0 },
    ],
  ])('where %s', (_what, before, chunks, rounds, counts) => {
    const raised = raiseRounds(before, chunks);
    expect({ ...raised, items: raised.items.length }).toEqual({ rounds, ...counts });
  });
});

describe('in the store', () => {
  it('they are none before anything was tried again, and then as they were written', async () => {
    const store = new LocalStore(await newFolder());
    expect(await readRetryRounds(store)).toEqual({});
    await writeRetryRounds(store, { a: { 'q2.revise': 2 } });
    expect(await readRetryRounds(store)).toEqual({ a: { 'q2.revise': 2 } });
    const whole = (await store.read(RUN_FILES.retries)) ?? '';
    for (const damaged of [whole.slice(0, 9), whole.replace(': 2', ': 3'), '[]']) {
      await store.write(RUN_FILES.retries, damaged);
      await expect(readRetryRounds(store)).rejects.toThrow(
        /^state\/retries\.json in .* is damaged: remove it, and give/,
      );
    }
  });
});
