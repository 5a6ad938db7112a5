import { checkConversation } from '../checks/check-conversation.js';
import type { Character, Conversation, Pair, Scenario } from '../records.js';
import { castOf } from './reading/cast.js';
import { withoutOpening } from './reading/chatter.js';
import { cleanReply, unwrapFences } from './reading/clean.js';
import { withoutJson } from './reading/json-lines.js';
import { echoesMaterial } from './reading/prose.js';
import { notAnAttempt } from './reading/refusal.js';
import { renderScenario } from './reading/scenario.js';
import { renderPairs } from './render-pairs.js';
import { unusable, usable, type Parsed, type Step } from './step.js';

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
    const text = readSpoken(reply, character.name);
    if (!text.ok) return text;
    const cast = castOf(text.value, character.name, scenario.secondCharacter, pairs);
    return cast.ok ? checkConversation(text.value, { ...cast.value, pairs, forbidSourceTalk: false }) : cast;
  },
};

const FORM = 'Write the conversation only.';

/** What the speakers say, without reasoning, a fence, a line that announces it, or the braces of JSON. */
function readSpoken(reply: string, answerer: string): Parsed<string> {
  const said = withoutOpening(unwrapFences(cleanReply(reply), turnOf(answerer)));
  const text = withoutJson(said);
  if (text === undefined) return unusable(`The reply is JSON that cannot be read. ${FORM}`);
  if (text === '') return unusable(`The reply was empty. ${FORM}`);
  const unattempted = notAnAttempt(text);
  if (unattempted !== undefined) return unusable(`${unattempted} ${FORM}`);
  return echoesMaterial(text) ? unusable(`The reply repeats the tagged material. ${FORM}`) : usable(text);
}

/** A line that begins with any word of a name, as a turn does. */
function turnOf(name: string): RegExp {
  const words = name.split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  return new RegExp(String.raw`^[\s>*_"]*(?:${words.join('|')})[^:：\n]*[:：]`, 'imu');
}
