import type { WorkflowIdParts } from '../src/ids.js';
import {
  aggregateWorkflowId,
  batchName,
  batchWorkflowId,
  callId,
  chunkWorkflowId,
  parseCallId,
  parseWorkflowId,
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

  it.each(['judge', 'generate', 'q2.v3.accuracy.1', 'q2.v3.regenerate', 'q10.revise', 'c1.conversation'])(
    'of %s give back item and call',
    (item) => {
      for (let call = 1; call <= 60; call += 1) expect(parseCallId(callId(item, call))).toEqual({ item, call });
    },
  );
});
