import { checkConversation } from '../checks/check-conversation.js';
import type { Character, Conversation, Pair, Scenario } from '../records.js';
import { cleanReply, echoesPrompt, unwrapFences } from './reading/clean.js';
import { renderScenario } from './reading/scenario.js';
import { castOf } from './reading/cast.js';
import { renderPairs } from './render-pairs.js';
import { unusable, type Step } from './step.js';

export interface WriteConversationInput {
  /** In the order in which they are to be asked. */
  pairs: Pair[];
  character: Character;
  scenario: Scenario;
  /** Of the scenario. */
  plan: string;
}

/** For a prompt that wants the second speaker's name where the scenario gives none. */
const UNNAMED_ASKER = 'the other person in the scene';

/** Writes the conversation in which the character answers what the second one asks. */
export const writeConversation: Step<WriteConversationInput, Conversation> = {
  name: 'write-conversation',
  role: 'large',
  sampling: { temperature: 0.8, top_p: 1, max_tokens: 3000 },
  calls: 2,
  variables: {
    pairs: 'required',
    character: 'required',
    scenario: 'required',
    plan: 'optional',
    answerer: 'optional',
    asker: 'optional',
  },
  render: ({ pairs, character, scenario, plan }) => ({
    pairs: renderPairs(pairs),
    character: character.card,
    scenario: renderScenario(scenario),
    plan,
    answerer: character.name,
    asker: scenario.secondCharacter ?? UNNAMED_ASKER,
  }),
  parse: (reply, { pairs, character, scenario }) => {
    const text = unwrapFences(cleanReply(reply), /^/);
    if (echoesPrompt(text)) return unusable('The reply repeats the tagged material. Write the conversation only.');
    const cast = castOf(text, character.name, scenario.secondCharacter);
    return cast.ok ? checkConversation(text, { ...cast.value, pairs, forbidSourceTalk: false }) : cast;
  },
};
