import type { Account } from '../src/accounting.js';
import {
  addFunnel,
  addTotals,
  countDropped,
  countRecord,
  describeImbalance,
  emptyFunnel,
  stageCounts,
  emptyTotals,
  findImbalance,
  summarizeRecord,
} from '../src/accounting.js';
import type { ChunkRecord, Funnel, Stage, StageCount } from '../src/records.js';
import {
  droppedConversation,
  droppedPair,
  failedCheck,
  sampleConversation,
  sampleQuestion,
  sampleRecord,
} from './support/sample-records.js';

/** Every state at every stage. */
const MIXED = sampleRecord({
  questions: [
    sampleQuestion(1),
    sampleQuestion(2),
    sampleQuestion(3, { state: 'rejected', step: 'check-answer-accuracy', reason: 'wrong' }),
    sampleQuestion(4, { state: 'failed', versions: [{ pair: { question: '', answer: '' }, checks: [failedCheck()] }] }),
    sampleQuestion(5),
  ],
  pairs: [
    droppedPair(1, { state: 'rejected', reason: 'it leans on the text' }),
    droppedPair(2, { state: 'failed', reason: 'refused' }),
    sampleRecord().pairs[0] ?? droppedPair(5),
  ],
  conversations: [
    sampleConversation(1, [1, 2]),
    droppedConversation(2, { state: 'rejected', reason: 'a pair is missing' }),
    droppedConversation(3, { state: 'failed', reason: 'refused' }),
  ],
});

const REJECTED: ChunkRecord = sampleRecord({
  state: 'rejected',
  step: 'judge-paragraph',
  reason: 'A table of contents.',
  questions: [],
  pairs: [],
  conversations: [],
});

describe('counting a record', () => {
  it('counts every state at every stage', () => {
    const count = (accepted: number, rejected: number, failed: number): StageCount => ({
      in: accepted + rejected + failed,
      accepted,
      rejected,
      failed,
      notRun: 0,
    });
    expect(countRecord(MIXED)).toEqual({
      chunks: count(1, 0, 0),
      worthy: 1,
      questions: count(3, 1, 1),
      pairs: count(1, 1, 1),
      conversations: count(1, 1, 1),
    });
    expect(countRecord(REJECTED).chunks).toEqual(count(0, 1, 0));
  });

  it('keeps of the story what a parent needs', () => {
    expect(summarizeRecord(REJECTED)).toEqual({
      chunk: REJECTED.chunk,
      state: 'rejected',
      step: 'judge-paragraph',
      reason: 'A table of contents.',
      funnel: countRecord(REJECTED),
      totals: REJECTED.totals,
    });
    expect(Object.keys(summarizeRecord(MIXED))).toEqual(['chunk', 'state', 'funnel', 'totals']);
  });
});

it('adds up funnels and totals, field by field', () => {
  const [funnel, totals] = [emptyFunnel(), emptyTotals()];
  addFunnel(funnel, countRecord(MIXED));
  addFunnel(funnel, countRecord(MIXED));
  addFunnel(funnel, countRecord(REJECTED));
  addTotals(totals, MIXED.totals);
  addTotals(totals, { calls: 1, prompt: 2, cached: 3, completion: 4 });
  expect(funnel.chunks).toEqual({ in: 3, accepted: 2, rejected: 1, failed: 0, notRun: 0 });
  expect(funnel.conversations).toEqual({ in: 6, accepted: 2, rejected: 2, failed: 2, notRun: 0 });
  expect(totals).toEqual({ calls: 10, prompt: 9_002, cached: 4_003, completion: 804 });
});

it('begins each account anew', () => {
  emptyFunnel().pairs.in += 1;
  expect(emptyFunnel().pairs.in).toBe(0);
});

/** What a run over these records adds up to when all is well. */
function balanced(records: ChunkRecord[], notRun = 0) {
  const sum = (): Funnel => {
    const funnel = emptyFunnel();
    for (const record of records) addFunnel(funnel, countRecord(record));
    funnel.chunks.in += notRun;
    funnel.chunks.notRun += notRun;
    return funnel;
  };
  const counted = sum();
  const stages = stageCounts(counted);
  return {
    returned: sum(),
    counted,
    chunks: records.length + notRun,
    rows: counted.conversations.accepted,
    dropped: stages.reduce((all, stage) => all + countDropped(stage), 0),
  };
}

describe('the accounts of a run', () => {
  it.each<[string, Account]>([
    ['nothing at all', balanced([])],
    ['one chunk', balanced([sampleRecord()])],
    ['every state', balanced([MIXED, REJECTED, sampleRecord(), MIXED])],
    ['a cancelled run', balanced([MIXED, REJECTED], 7)],
    ['pairs only', balanced([sampleRecord({ until: 'pairs', conversations: [] })])],
  ])('balance: %s', (_what, account) => {
    expect(findImbalance(account)).toBeUndefined();
  });

  const faults: [string, Stage, (account: ReturnType<typeof balanced>) => unknown][] = [
    ['a chunk of the manifest without a record', 'chunks', (account) => (account.chunks += 1)],
    ['a chunk too many', 'chunks', (account) => (account.chunks -= 1)],
    ['a chunk that was accepted by its workflow only', 'chunks', (account) => (account.returned.chunks.accepted += 1)],
    ['a chunk that was rejected by its workflow only', 'chunks', (account) => (account.returned.chunks.rejected += 1)],
    ['a chunk whose failure was counted only', 'chunks', (account) => (account.returned.chunks.failed -= 1)],
    ['a chunk without a state', 'chunks', (account) => (account.counted.chunks.accepted -= 1)],
    ['a question without a state', 'questions', (account) => (account.counted.questions.in += 1)],
    ['a question that was lost on the way', 'questions', (account) => (account.returned.questions.accepted += 1)],
    [
      'a question that was rejected by its workflow only',
      'questions',
      (account) => (account.returned.questions.rejected += 1),
    ],
    ['a pair without a state', 'pairs', (account) => (account.counted.pairs.in += 1)],
    ['a failed pair that was lost on the way', 'pairs', (account) => (account.returned.pairs.failed += 1)],
    [
      'a question that was accepted and never revised',
      'pairs',
      (account) => {
        for (const funnel of [account.returned, account.counted]) {
          funnel.questions.in += 1;
          funnel.questions.accepted += 1;
        }
      },
    ],
    ['a conversation without a state', 'conversations', (account) => (account.counted.conversations.in += 1)],
    [
      'a conversation that was lost on the way',
      'conversations',
      (account) => (account.returned.conversations.accepted += 1),
    ],
    ['a conversation without a row', 'conversations', (account) => (account.rows -= 1)],
    ['a row that was written twice', 'conversations', (account) => (account.rows += 1)],
    ['a dropped item without a line', 'conversations', (account) => (account.dropped -= 1)],
    ['a line that was written twice', 'conversations', (account) => (account.dropped += 1)],
  ];

  it.each(faults)('name the stage of %s', (_what, stage, spoil) => {
    const account = balanced([MIXED, REJECTED, sampleRecord({ state: 'failed' })]);
    spoil(account);
    const imbalance = findImbalance(account);
    expect(imbalance?.stage).toBe(stage);
    expect(imbalance?.message).toMatch(/^[a-z ,.]+: \d+ expected, \d+ found$/);
  });

  it.each(['returned', 'chunks', 'rows', 'dropped'] as const)(
    'are held against what is known: %s may be missing',
    (part) => {
      const account = balanced([MIXED, REJECTED]);
      account.returned.questions.failed += 1;
      Object.assign(account, { chunks: 0, rows: 0, dropped: 0 });
      const { counted, [part]: wrong } = account;
      expect(findImbalance({ counted })).toBeUndefined();
      expect(findImbalance({ counted, [part]: wrong })).toBeDefined();
    },
  );

  it('name the first stage at which something is wrong', () => {
    const account = balanced([MIXED]);
    account.rows += 1;
    account.returned.questions.failed += 1;
    const imbalance = findImbalance(account);
    expect(imbalance?.stage).toBe('questions');
    expect(imbalance && describeImbalance(imbalance)).toBe(
      'The accounts do not balance at questions: questions failed in the records: 2 expected, 1 found',
    );
  });
});
