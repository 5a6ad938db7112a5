import { describeNothingFailed, describeRaised } from '../../src/cli/describe-retry.js';
import type { RetryItem } from '../../src/ids.js';

describe('what retry says', () => {
  it.each<[string, RetryItem[], number, string]>([
    ['of one item', [{ kind: 'conversation', number: 1 }], 1, '1 item of 1 chunk is tried again: 1 conversation'],
    [
      'of several kinds',
      [
        { kind: 'conversation', number: 1 },
        { kind: 'question', number: 2 },
        { kind: 'conversation', number: 3 },
      ],
      2,
      '3 items of 2 chunks are tried again: 1 question, 2 conversations',
    ],
    [
      'of chunks, wherever they failed',
      [{ kind: 'judge' }, { kind: 'generate' }, { kind: 'chunk' }, { kind: 'pair', number: 1 }],
      4,
      '4 items of 4 chunks are tried again: 3 chunks, 1 pair',
    ],
    ['of what was begun before', [], 0, 'Nothing more failed; what is being tried again goes on'],
  ])('%s', (_what, items, chunks, said) => {
    expect(describeRaised({ rounds: {}, items, chunks, unfinished: 1 })).toBe(said);
  });

  it.each([
    [0, 'Nothing failed: there is nothing to try again.'],
    [1, 'Nothing failed so far; 1 chunk is not done yet: `npx augmentoolkit run` goes on with it.'],
    [1_200, 'Nothing failed so far; 1,200 chunks are not done yet: `npx augmentoolkit run` goes on with them.'],
  ])('where nothing failed and %i chunks are not done', (undone, said) => {
    expect(describeNothingFailed(undone)).toBe(said);
  });
});
