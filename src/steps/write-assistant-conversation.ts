import { checkConversation } from '../checks/check-conversation.js';
import type { Conversation, Pair } from '../records.js';
import { cleanReply, echoesPrompt, unwrapFences } from './reading/clean.js';
import { renderPairs } from './render-pairs.js';
import { unusable, type Step } from './step.js';

export interface WriteAssistantConversationInput {
  /** In the order in which they are to be asked. */
  pairs: Pair[];
}

/** Who speaks in assistant mode. */
export const ASSISTANT_SPEAKERS = { answerer: 'AI Assistant', asker: 'User' };

const TURN = /^\W*(?:AI Assistant|User)\W*:/im;

/** Writes a conversation between a user and a plain assistant out of pairs. */
export const writeAssistantConversation: Step<WriteAssistantConversationInput, Conversation> = {
  name: 'write-assistant-conversation',
  role: 'large',
  sampling: { temperature: 0.8, top_p: 1, max_tokens: 3000 },
  calls: 2,
  variables: { pairs: 'required' },
  render: ({ pairs }) => ({ pairs: renderPairs(pairs) }),
  parse: (reply, { pairs }) => {
    const text = unwrapFences(cleanReply(reply), TURN);
    if (echoesPrompt(text)) return unusable('The reply repeats the tagged material. Write the conversation only.');
    return checkConversation(text, { ...ASSISTANT_SPEAKERS, pairs, forbidSourceTalk: true });
  },
};
