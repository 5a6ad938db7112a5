import type { RetryItem } from '../ids.js';
import type { RaisedRounds } from '../planning/retry-rounds.js';
import { formatCount } from '../format.js';

/** Texts for people about what is tried again. Pure. */

/** As rejected.jsonl calls them. */
const NAMES: Record<RetryItem['kind'], string> = {
  judge: 'chunk',
  generate: 'chunk',
  chunk: 'chunk',
  question: 'question',
  pair: 'pair',
  conversation: 'conversation',
};

/** `3 items of 2 chunks are tried again: 1 question, 2 conversations` */
export function describeRaised({ items, chunks }: RaisedRounds): string {
  if (items.length === 0) return 'Nothing more failed; what is being tried again goes on';
  const names = items.map(({ kind }) => NAMES[kind]);
  const counts = [...new Set(Object.values(NAMES))].flatMap((name) => {
    const count = names.filter((each) => each === name).length;
    return count === 0 ? [] : [numberOf(count, name)];
  });
  const are = items.length === 1 ? 'is' : 'are';
  return `${numberOf(items.length, 'item')} of ${numberOf(chunks, 'chunk')} ${are} tried again: ${counts.join(', ')}`;
}

/** `undone`: chunks without a record, which may still fail. */
export function describeNothingFailed(undone: number): string {
  const rest =
    undone === 1
      ? 'is not done yet: `npx augmentoolkit run` goes on with it'
      : 'are not done yet: `npx augmentoolkit run` goes on with them';
  return undone === 0
    ? 'Nothing failed: there is nothing to try again.'
    : `Nothing failed so far; ${numberOf(undone, 'chunk')} ${rest}.`;
}

function numberOf(count: number, name: string): string {
  return `${formatCount(count)} ${name}${count === 1 ? '' : 's'}`;
}
