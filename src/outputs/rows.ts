import type { ChunkRecord, Conversation, ConversationRecord, Pair } from '../records.js';

/** The dataset's row formats. Pure: a conversation in, a value for one line of JSON out. */

/** What a row says of where it comes from. */
export interface RowSource {
  /** The chunk's text. */
  paragraph: string;
  textname: string;
}

/** Where the reference has a character card and a plan, assistant mode has these. */
const ASSISTANT_CARD = 'AI Assistant';
const NOT_APPLICABLE = 'N/A';

export type PairTuple = [question: string, answer: string, sourceParagraph: string];

/** The four fields of the reference's format, and one object of ours. */
export type MasterRow = [
  conversation: string,
  card: string,
  scenarioPlan: string,
  pairs: PairTuple[],
  about: { scenario: string; source: string; chunk: string; id: string },
];

export type ProcessedRow = [conversation: string[], ...rest: [MasterRow[1], MasterRow[2], MasterRow[3], MasterRow[4]]];

export interface ShareGptRow {
  conversations: { from: 'system' | 'human' | 'gpt'; value: string }[];
}

export interface MessagesRow {
  messages: { role: 'system' | 'user' | 'assistant'; content: string }[];
}

/** A conversation's name everywhere: `<chunk>/c1`. */
export function conversationId(chunk: string, number: number): string {
  return `${chunk}/c${number}`;
}

/** What a conversation is set in, in the words of the reference's format. */
export function sceneFields({ scene }: ConversationRecord): { card: string; scenario: string; scenarioPlan: string } {
  return {
    card: scene?.character?.card ?? ASSISTANT_CARD,
    scenario: scene?.scenario?.text ?? NOT_APPLICABLE,
    scenarioPlan: scene?.scenarioPlan ?? NOT_APPLICABLE,
  };
}

/** The system message of a conversation: the card and the scenario in role-play, else the assistant's prompt. */
export function systemPromptFor({ scene }: ConversationRecord, assistantPrompt: string): string {
  if (scene === undefined) return assistantPrompt;
  return [scene.character?.card, scene.scenario?.text].filter((text) => text !== undefined).join('\n\n');
}

/** A conversation that goes into the dataset. */
export interface FinishedConversation {
  record: ConversationRecord;
  conversation: Conversation;
}

export function finishedConversations({ conversations }: ChunkRecord): FinishedConversation[] {
  return conversations.flatMap((record) =>
    record.state === 'accepted' && record.conversation ? [{ record, conversation: record.conversation }] : [],
  );
}

/** `[question, answer, source paragraph]` in the order of the conversation. */
export function pairTuples(record: ChunkRecord, { order }: ConversationRecord, { paragraph }: RowSource): PairTuple[] {
  const byNumber = new Map(record.pairs.map((each) => [each.number, each.pair]));
  const pairs = order.map((number) => byNumber.get(number)).filter((pair): pair is Pair => pair !== undefined);
  return pairs.map((pair) => [pair.question, pair.answer, paragraph]);
}

export function masterRow(
  chunk: ChunkRecord,
  { record, conversation }: FinishedConversation,
  source: RowSource,
): MasterRow {
  const { card, scenario, scenarioPlan } = sceneFields(record);
  const about = {
    scenario,
    source: source.textname,
    chunk: chunk.chunk,
    id: conversationId(chunk.chunk, record.number),
  };
  return [turnLines(conversation).join('\n'), card, scenarioPlan, pairTuples(chunk, record, source), about];
}

/**
 * As the JSON of a `MasterRow` and of a `ProcessedRow`. All but the conversation is the same in both, and by far the
 * most of it: it is written out once.
 */
export function renderMasterRow(row: MasterRow, conversation: Conversation): { master: string; processed: string } {
  const [whole, ...rest] = row;
  const tail = JSON.stringify(rest).slice(1);
  return {
    master: `[${JSON.stringify(whole)},${tail}`,
    processed: `[${JSON.stringify(turnLines(conversation))},${tail}`,
  };
}

export function shareGptRow(conversation: Conversation, systemPrompt: string): ShareGptRow {
  const turns = conversation.turns.map(({ speaker, text }) => ({
    from: speaker === conversation.answerer ? ('gpt' as const) : ('human' as const),
    value: text,
  }));
  return {
    conversations: [...systemTurn(systemPrompt).map((value) => ({ from: 'system' as const, value })), ...turns],
  };
}

/** The opener of the answerer is dropped: a user turn comes first, as chat templates want it. */
export function messagesRow(conversation: Conversation, systemPrompt: string): MessagesRow {
  const firstQuestion = conversation.turns.findIndex(({ speaker }) => speaker !== conversation.answerer);
  const turns = conversation.turns.slice(firstQuestion).map(({ speaker, text }) => ({
    role: speaker === conversation.answerer ? ('assistant' as const) : ('user' as const),
    content: text,
  }));
  return { messages: [...systemTurn(systemPrompt).map((content) => ({ role: 'system' as const, content })), ...turns] };
}

function turnLines({ turns }: Conversation): string[] {
  return turns.map(({ speaker, text }) => `${speaker}: ${text}`);
}

function systemTurn(systemPrompt: string): string[] {
  return systemPrompt === '' ? [] : [systemPrompt];
}
