import type { RetryItem, WorkflowIdParts } from '../src/ids.js';
import {
  aggregateWorkflowId,
  batchName,
  batchWorkflowId,
  callId,
  chunkWorkflowId,
  parseCallId,
  parseWorkflowId,
  retryItemId,
  retryItemOf,
  voteItem,
} from '../src/ids.js';

const RUN = 'books-1a2b3c';
const CHUNK = 'moby-dick-1a2b3c-00012-89abcdef';

describe('workflow ids', () => {
  it.each<[string, string, WorkflowIdParts]>([
    ['a run', RUN, { kind: 'run', run: RUN }],
    ['a batch', batchWorkflowId(RUN, 3), { kind: 'batch', run: RUN, index: 3 }],
    ['a batch of a large run', batchWorkflowId(RUN, 12_345), { kind: 'batch', run: RUN, index: 12_345 }],
    ['a chunk', chunkWorkflowId(RUN, CHUNK), { kind: 'chunk', run: RUN, chunk: CHUNK }],
    [
      'a chunk of a text called batch',
      `${RUN}/batch-1a2b3c-00001-89abcdef`,
      {
        kind: 'chunk',
        run: RUN,
        chunk: 'batch-1a2b3c-00001-89abcdef',
      },
    ],
    ['the aggregation', aggregateWorkflowId(RUN), { kind: 'aggregate', run: RUN }],
  ])('say what %s is', (_what, id, parts) => {
    expect(parseWorkflowId(id)).toEqual(parts);
  });

  it('read well, and batches sort', () => {
    expect(batchWorkflowId(RUN, 3)).toBe('books-1a2b3c/batch/0003');
    expect([10, 9, 100, 1].map(batchName).sort()).toEqual(['0001', '0009', '0010', '0100']);
  });
});

describe('call ids', () => {
  it('read well', () => {
    expect(voteItem(2, 3, 'accuracy', 1)).toBe('q2.v3.accuracy.1');
    expect([1, 2, 3, 26, 27].map((call) => callId('judge', call))).toEqual([
      'judge',
      'judge.b',
      'judge.c',
      'judge.z',
      'judge.call27',
    ]);
  });

  it('name a later retry round before the letter', () => {
    expect(callId('q2.v3.accuracy.1', 1, 2)).toBe('q2.v3.accuracy.1@2');
    expect(callId('q2.v3.accuracy.1', 2, 2)).toBe('q2.v3.accuracy.1@2.b');
    expect(callId('judge', 27, 11)).toBe('judge@11.call27');
    expect(callId('judge', 2, 1)).toBe('judge.b');
  });

  it.each(['judge', 'generate', 'q2.v3.accuracy.1', 'q2.v3.regenerate', 'q10.revise', 'c1.conversation'])(
    'of %s give back item, call and round',
    (item) => {
      for (const round of [1, 2, 10]) {
        for (let call = 1; call <= 60; call += 1)
          expect(parseCallId(callId(item, call, round))).toEqual({ item, call, round });
      }
    },
  );
});

describe('the item that is tried again', () => {
  it.each<[RetryItem, string, string[]]>([
    [{ kind: 'judge' }, 'judge', ['judge']],
    [{ kind: 'generate' }, 'generate', ['generate']],
    [{ kind: 'question', number: 2 }, 'q2', [voteItem(2, 1, 'question', 1), 'q2.v3.accuracy.12', 'q2.v2.regenerate']],
    [{ kind: 'question', number: 12 }, 'q12', [voteItem(12, 10, 'relevancy', 3)]],
    [{ kind: 'pair', number: 2 }, 'q2.revise', ['q2.revise']],
    [
      { kind: 'conversation', number: 10 },
      'c10',
      ['character-plan', 'character', 'scenario-plan', 'scenario', 'conversation'].map((part) => `c10.${part}`),
    ],
    [{ kind: 'chunk' }, 'chunk', []],
  ])('%j is %s, to which its calls belong in every round', (item, id, asked) => {
    expect(retryItemId(item)).toBe(id);
    const calls = asked.flatMap((each) =>
      [1, 2, 27].flatMap((call) => [1, 2, 10].map((round) => callId(each, call, round))),
    );
    expect(calls.map(retryItemOf)).toEqual(calls.map(() => id));
  });
});
