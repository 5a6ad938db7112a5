import type { ConversationRecord, Pair, PairRecord, PipelineSettings } from '../records.js';
import { writeAssistantConversation } from '../steps/write-assistant-conversation.js';
import type { Ask } from './model-calls.js';
import { drawOrders } from './orders.js';
import { seededRandom } from '../random.js';

interface NumberedPair {
  number: number;
  pair: Pair;
}

/** Writes a conversation for each of a few different orders of the pairs, all in parallel. */
export function writeConversations(
  chunk: string,
  pairs: PairRecord[],
  ask: Ask,
  settings: PipelineSettings,
): Promise<ConversationRecord[]> {
  const standing = pairs.flatMap(({ number, pair }): NumberedPair[] => (pair === undefined ? [] : [{ number, pair }]));
  const orders = drawOrders(standing, settings.rearrangements, seededRandom(settings.seed, chunk, 'orders'));
  return Promise.all(orders.map((order, index) => writeConversation(index + 1, order, ask, settings)));
}

async function writeConversation(
  number: number,
  order: NumberedPair[],
  ask: Ask,
  settings: PipelineSettings,
): Promise<ConversationRecord> {
  const answer = await ask(writeAssistantConversation, {
    item: `c${number}.conversation`,
    summary: `conversation ${number}: questions ${order.map((each) => each.number).join(', ')}`,
    input: { pairs: order.map((each) => each.pair) },
    calls: settings.conversationAttempts,
  });
  const written = { number, order: order.map((each) => each.number), calls: answer.calls };
  if (answer.kind === 'usable') return { ...written, state: 'accepted', conversation: answer.value };
  const state = answer.kind === 'refused' ? 'failed' : 'rejected';
  return { ...written, state, step: writeAssistantConversation.name, reason: answer.reason };
}
