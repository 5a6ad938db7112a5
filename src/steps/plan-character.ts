import type { Pair } from '../records.js';
import { readPlanText } from './reading/plan-text.js';
import { renderPairs } from './render-pairs.js';
import { SOURCE_VARIABLES, sourceValues, usable, type Step } from './step.js';

export interface PlanCharacterInput {
  /** In the order in which they are to be asked. */
  pairs: Pair[];
  /** The conversation's number in its chunk, from 1: it decides the traits. */
  conversation: number;
}

export interface CharacterPlan {
  plan: string;
  /** What the character is to be like, as the prompt gave it. */
  traits: string;
}

/** Plans somebody who would know the facts of the pairs. */
export const planCharacter: Step<PlanCharacterInput, CharacterPlan> = {
  name: 'plan-character',
  role: 'logical',
  sampling: { temperature: 1, top_p: 0.5, max_tokens: 2000 },
  calls: 2,
  variables: { text: 'required', pairs: 'required', traits: 'required', ...SOURCE_VARIABLES },
  render: ({ pairs, conversation }, context) => ({
    text: context.text,
    pairs: renderPairs(pairs),
    traits: context.traitsFor(conversation),
    ...sourceValues(context),
  }),
  parse: (reply, { conversation }, context) => {
    const plan = readPlanText(reply);
    return plan.ok ? usable({ plan: plan.value, traits: context.traitsFor(conversation) }) : plan;
  },
};
