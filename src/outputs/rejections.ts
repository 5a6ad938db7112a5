import type { ChunkRecord, ItemState, Outcome, Pair, QuestionRecord, Vote } from '../records.js';
import { conversationId } from './rows.js';

/** A line of `rejected.jsonl`: something that did not make it, and why. */
export interface Rejection {
  /** `<chunk>`, `<chunk>/q2`, `<chunk>/q2/pair` or `<chunk>/c1`. */
  id: string;
  item: 'chunk' | 'question' | 'pair' | 'conversation';
  state: Exclude<ItemState, 'accepted'> | 'not run';
  step: string;
  reason: string;
  pair?: Pair;
  /** Of the check that its last version failed. */
  votes?: Vote[];
  /** Ids of all calls in `generations/<chunk>.jsonl` that led to this: those that wrote the item, then the votes on it. */
  calls: string[];
}

/** Everything of a chunk that was rejected or failed, in the order of the pipeline. */
export function listRejections(record: ChunkRecord): Rejection[] {
  return [
    ...rejectedChunk(record),
    ...rejectedQuestions(record),
    ...rejectedPairs(record),
    ...rejectedConversations(record),
  ];
}

export function notRun(chunk: string): Rejection {
  return { id: chunk, item: 'chunk', state: 'not run', step: 'run', reason: 'the run was cancelled', calls: [] };
}

function rejectedChunk(record: ChunkRecord): Rejection[] {
  const calls = [...record.judge.calls, ...record.generate.calls];
  return whyDropped(record).map((why) => ({ id: record.chunk, item: 'chunk', ...why, calls }));
}

function rejectedQuestions({ chunk, generate, questions }: ChunkRecord): Rejection[] {
  return questions.flatMap((question) => {
    const last = question.versions.at(-1);
    const check = last?.checks.find((each) => each.outcome !== 'passed');
    return whyDropped(question).map((why) => ({
      id: `${chunk}/q${question.number}`,
      item: 'question' as const,
      ...why,
      ...(last && { pair: last.pair }),
      ...(check && { votes: check.votes }),
      calls: [...generate.calls, ...question.calls, ...voteCalls(question)],
    }));
  });
}

/** Of all checks of all versions, those it passed among them. */
function voteCalls({ versions }: QuestionRecord): string[] {
  return versions.flatMap(({ checks }) => checks.flatMap(({ votes }) => votes.flatMap(({ calls }) => calls)));
}

function rejectedPairs({ chunk, questions, pairs }: ChunkRecord): Rejection[] {
  return pairs.flatMap(({ number, rewording, calls, ...outcome }) => {
    const pair = rewording ?? questions.find((question) => question.number === number)?.versions.at(-1)?.pair;
    return whyDropped(outcome).map((why) => ({
      id: `${chunk}/q${number}/pair`,
      item: 'pair' as const,
      ...why,
      ...(pair && { pair }),
      calls,
    }));
  });
}

function rejectedConversations({ chunk, conversations }: ChunkRecord): Rejection[] {
  return conversations.flatMap((conversation) =>
    whyDropped(conversation).map((why) => ({
      id: conversationId(chunk, conversation.number),
      item: 'conversation' as const,
      ...why,
      calls: conversation.calls,
    })),
  );
}

function whyDropped({ state, step = '', reason = '' }: Outcome): Pick<Rejection, 'state' | 'step' | 'reason'>[] {
  return state === 'accepted' ? [] : [{ state, step, reason }];
}
