import { seededRandom } from '../random.js';
import type { Conversation, ConversationRecord, Pair, PairRecord } from '../records.js';
import type { PipelineSettings } from '../run-context.js';
import { writeAssistantConversation } from '../steps/write-assistant-conversation.js';
import { writeConversation } from '../steps/write-conversation.js';
import type { Answer, Ask } from './model-calls.js';
import { drawOrders } from './orders.js';
import { inventScene } from './scene.js';

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
  const write = settings.assistantMode ? writeWithAssistant : writeRolePlay;
  return Promise.all(orders.map((order, index) => write(index + 1, order, ask, settings)));
}

async function writeWithAssistant(
  number: number,
  order: NumberedPair[],
  ask: Ask,
  settings: PipelineSettings,
): Promise<ConversationRecord> {
  const answer = await ask(writeAssistantConversation, {
    ...conversationItem(number, order, settings),
    input: { pairs: pairsOf(order) },
  });
  return { number, order: numbersOf(order), ...ending(writeAssistantConversation.name, answer) };
}

async function writeRolePlay(
  number: number,
  order: NumberedPair[],
  ask: Ask,
  settings: PipelineSettings,
): Promise<ConversationRecord> {
  const pairs = pairsOf(order);
  const invented = await inventScene(number, pairs, ask);
  const { scene, calls } = invented;
  const begun = { number, order: numbersOf(order), scene };
  if (!invented.complete) return { ...begun, ...invented.outcome, calls };

  const { character, scenario, scenarioPlan: plan } = invented.scene;
  const answer = await ask(writeConversation, {
    ...conversationItem(number, order, settings),
    input: { pairs, character, scenario, plan },
  });
  const ended = ending(writeConversation.name, answer);
  return { ...begun, ...ended, calls: [...calls, ...ended.calls] };
}

function conversationItem(number: number, order: NumberedPair[], settings: PipelineSettings) {
  return {
    item: `c${number}.conversation`,
    summary: `conversation ${number}: questions ${numbersOf(order).join(', ')}`,
    calls: settings.conversationAttempts,
  };
}

/** A conversation that no attempt got right was decided against; one that the provider would not write was not. */
function ending(step: string, answer: Answer<Conversation>) {
  const { calls } = answer;
  if (answer.kind === 'usable') return { state: 'accepted' as const, conversation: answer.value, calls };
  const state = answer.kind === 'refused' ? ('failed' as const) : ('rejected' as const);
  return { state, step, reason: answer.reason, calls };
}

function numbersOf(order: NumberedPair[]): number[] {
  return order.map(({ number }) => number);
}

function pairsOf(order: NumberedPair[]): Pair[] {
  return order.map(({ pair }) => pair);
}
