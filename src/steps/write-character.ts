import type { Character } from '../records.js';
import type { CharacterPlan } from './plan-character.js';
import { readCharacterCard } from './reading/character-card.js';
import { SOURCE_VARIABLES, sourceValues, type Step } from './step.js';

/** Writes the card of the planned character: name, traits and backstory. */
export const writeCharacter: Step<CharacterPlan, Character> = {
  name: 'write-character',
  role: 'logical',
  sampling: { temperature: 1, top_p: 0.5, max_tokens: 3000 },
  calls: 3,
  variables: { text: 'optional', plan: 'required', traits: 'optional', ...SOURCE_VARIABLES },
  render: ({ plan, traits }, context) => ({ text: context.text, plan, traits, ...sourceValues(context) }),
  parse: readCharacterCard,
};
