import { checkConversation } from '../checks/check-conversation.js';
import type { Conversation, Pair } from '../records.js';
import { readAssistantTurns, unquoted } from './reading/assistant-turns.js';
import { echoesPrompt } from './reading/clean.js';
import { renderPairs } from './render-pairs.js';
import { unusable, usable, type Step } from './step.js';

export interface WriteAssistantConversationInput {
  /** In the order in which they are to be asked. */
  pairs: Pair[];
}

/** Who speaks in assistant mode. */
export const ASSISTANT_SPEAKERS = { answerer: 'AI Assistant', asker: 'User' };

/** Writes a conversation between a user and a plain assistant out of pairs. */
export const writeAssistantConversation: Step<WriteAssistantConversationInput, Conversation> = {
  name: 'write-assistant-conversation',
  role: 'large',
  sampling: { temperature: 0.8, top_p: 1, max_tokens: 3000 },
  calls: 2,
  variables: { pairs: 'required' },
  render: ({ pairs }) => ({ pairs: renderPairs(pairs) }),
  parse: (reply, { pairs }) => {
    const text = readAssistantTurns(reply);
    if (text === undefined) return unusable('The reply is JSON that cannot be read. Write the conversation only.');
    if (echoesPrompt(text)) return unusable('The reply repeats the tagged material. Write the conversation only.');
    const read = checkConversation(text, { ...ASSISTANT_SPEAKERS, pairs, forbidSourceTalk: true });
    return read.ok ? usable(unquoted(read.value)) : read;
  },
};
