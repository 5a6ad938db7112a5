import type { CallRecord, ModelRequest } from '../../src/call-record.js';
import type {
  CheckRecord,
  Chunk,
  ChunkRecord,
  ConversationRecord,
  Pair,
  PairRecord,
  QuestionRecord,
  Scene,
} from '../../src/records.js';
import { journalKey } from '../../src/store/journal.js';

/** Small records of one chunk about lock gates, for tests that write, count or show them. */

export const SAMPLE_CHUNK: Chunk = {
  id: 'canals-0a1b2c-00002-89abcdef',
  document: 'canals-0a1b2c',
  ordinal: 2,
  span: { start: 410, end: 790 },
  heading: 'The gates',
  text: 'Die Schleuse – “lock” in English – has two pairs of gates.\nThey point upstream, so that the water holds them shut.',
};

export const PAIRS: readonly Pair[] = [
  { question: 'How many pairs of gates has a lock?', answer: 'A lock has two pairs of gates.' },
  { question: 'Why do the gates point upstream?', answer: 'So that the water holds them shut: “naïve”, but it works.' },
];

export function sampleRequest(question: string, model = 'rehearsal'): ModelRequest {
  return {
    model,
    messages: [
      { role: 'system', content: 'You check questions.' },
      { role: 'user', content: question },
    ],
    sampling: { temperature: 0.2, top_p: 1, max_tokens: 1_000 },
  };
}

export function sampleCall(
  id: string,
  { question = 'Why?', reply = 'Verdict: RELEVANT', chunk = SAMPLE_CHUNK.id } = {},
): CallRecord {
  const call = { chunk, step: 'check-question', id };
  const request = sampleRequest(question);
  return {
    call,
    request,
    requestHash: journalKey(request, call),
    reply,
    usage: { prompt: 120, cached: 100, completion: 9 },
    finishReason: 'stop',
    latencyMs: 812,
    at: '2026-11-22T20:00:00.000Z',
    parsed: { verdict: 'relevant', reason: 'It can be answered.' },
  };
}

function samplePair(number: number): Pair {
  return PAIRS[number - 1] ?? { question: `Question ${number}?`, answer: `Answer ${number}.` };
}

export function failedCheck(outcome: CheckRecord['outcome'] = 'failed'): CheckRecord {
  return {
    check: 'accuracy',
    outcome,
    votes: [
      { vote: 'no', reason: 'The text speaks of two pairs.', calls: ['q1.v1.accuracy.1'] },
      { vote: 'unusable', reason: 'No verdict.', calls: ['q1.v1.accuracy.2', 'q1.v1.accuracy.2.b'] },
    ],
  };
}

export function sampleQuestion(number: number, rest: Partial<QuestionRecord> = {}): QuestionRecord {
  const versions = [{ pair: samplePair(number), checks: [] }];
  return { number, state: 'accepted', versions, vetted: true, calls: [], ...rest };
}

export function samplePairRecord(number: number, rest: Partial<PairRecord> = {}): PairRecord {
  return {
    number,
    state: 'accepted',
    pair: samplePair(number),
    verdict: 'pass',
    calls: [`q${number}.revise`],
    ...rest,
  };
}

/** A pair that the revision dropped. */
export function droppedPair(number: number, rest: Partial<PairRecord> = {}): PairRecord {
  const { pair: _dropped, ...record } = samplePairRecord(number, rest);
  return record;
}

/** Asks the questions in this order; with an opener of the assistant. */
export function sampleConversation(number: number, order: number[]): ConversationRecord {
  const turns = order.flatMap((each) => [
    { speaker: 'User', text: samplePair(each).question },
    { speaker: 'AI Assistant', text: samplePair(each).answer },
  ]);
  return {
    number,
    state: 'accepted',
    order,
    conversation: {
      answerer: 'AI Assistant',
      turns: [{ speaker: 'AI Assistant', text: 'Grüß Gott!\n\nWhat would you like to know?' }, ...turns],
    },
    calls: [`c${number}.conversation`],
  };
}

/** The same as a role-play. */
export function sampleRolePlay(number: number, order: number[]): ConversationRecord {
  const names: Record<string, string> = { 'AI Assistant': 'Mara Lindholm', User: 'Tom Reyes' };
  const { conversation, ...record } = sampleConversation(number, order);
  const turns = conversation?.turns.map(({ speaker, text }) => ({ speaker: names[speaker] ?? speaker, text })) ?? [];
  return { ...record, scene: SCENE, conversation: { answerer: 'Mara Lindholm', turns } };
}

const SCENE: Scene = {
  traits: 'Occupation: lock-keeper',
  characterPlan: 'Somebody who has worked the gates for years.',
  character: { name: 'Mara Lindholm', card: 'Name: Mara Lindholm\n\nBackstory: thirty years at “her” lock.' },
  scenarioPlan: 'Tom waits for his boat to rise.',
  scenario: { text: 'While the chamber fills, Tom asks Mara about the gates.', secondCharacter: 'Tom Reyes' },
};

export function droppedConversation(
  number: number,
  rest: Pick<ConversationRecord, 'state' | 'reason'>,
): ConversationRecord {
  const { conversation: _dropped, ...record } = sampleConversation(number, [1, 2]);
  return { ...record, step: 'write-assistant-conversation', ...rest };
}

/** Two questions, two pairs, one conversation, all accepted. */
export function sampleRecord(rest: Partial<ChunkRecord> = {}): ChunkRecord {
  return {
    chunk: SAMPLE_CHUNK.id,
    fingerprint: 'f00d',
    until: 'conversations',
    state: 'accepted',
    judge: { verdict: 'suitable', reason: 'It explains how gates work.', calls: ['judge'] },
    generate: { calls: ['generate'] },
    questions: [sampleQuestion(1), sampleQuestion(2)],
    pairs: [samplePairRecord(1), samplePairRecord(2)],
    conversations: [sampleConversation(1, [2, 1])],
    totals: { calls: 9, prompt: 9_000, cached: 4_000, completion: 800 },
    ...rest,
  };
}
