import type { Pair } from '../../records.js';
import { pick } from '../draw.js';
import type { NonEmpty } from '../draw.js';
import { pairPool } from './pair-pool.js';
import { nameOnCard, secondCharacter } from './role-play.js';
import type { Play, Scene } from './scene.js';
import { spoilPairs } from './conversation-faults.js';

const LEAD_INS: NonEmpty<string> = ['', '', 'Thank you. ', 'I see. ', 'One more thing: '];
/** How often the answerer opens the conversation. */
const OPENER_SHARE = 0.5;
/** For a prompt whose pairs cannot be found. */
const PAIRS_OF_OUR_OWN = 2;

export const writeAssistantConversation: Play = (scene) =>
  playConversation(scene, 'AI Assistant', 'User', 'Hello! What would you like to know?');

export const writeConversation: Play = (scene) => {
  const answerer = nameOnCard(scene.fields.character);
  const asker = secondCharacter(scene.fields.scenario);
  return playConversation(scene, answerer, asker, 'Come in, come in. There is a chair by the window.');
};

function playConversation({ fields, draw, rates }: Scene, answerer: string, asker: string, opener: string): string {
  const given = fields.pairs.length > 0 ? fields.pairs : pairPool(fields.text, PAIRS_OF_OUR_OWN);
  const pairs = draw('conversation fault') < rates.conversationFault ? spoilPairs(given, draw) : given;
  const turns = pairs.flatMap((pair, index) => exchange(pair, index, answerer, asker, leadIn(draw, index)));
  const opening = draw('opener') < OPENER_SHARE ? [`${answerer}: ${opener}`] : [];
  return [...opening, ...turns].join('\n');
}

function exchange({ question, answer }: Pair, index: number, answerer: string, asker: string, lead: string): string[] {
  return [`${asker}: ${lead}${question}`, `${answerer}: ${answer}`];
}

/** None before the first question: there is nothing to thank for yet. */
function leadIn(draw: Scene['draw'], index: number): string {
  return index === 0 ? '' : pick(draw, `lead-in ${index}`, LEAD_INS);
}
