import type { Character, Pair } from '../records.js';
import { readPlanText } from './reading/plan-text.js';
import { renderPairs } from './render-pairs.js';
import type { Step } from './step.js';

export interface PlanScenarioInput {
  /** In the order in which they are to be asked. */
  pairs: Pair[];
  character: Character;
}

/** Plans where the character is asked these questions, by whom, and why. */
export const planScenario: Step<PlanScenarioInput, string> = {
  name: 'plan-scenario',
  role: 'logical',
  sampling: { temperature: 0.6, top_p: 1, max_tokens: 2000 },
  calls: 2,
  variables: { pairs: 'required', character: 'required' },
  render: ({ pairs, character }) => ({ pairs: renderPairs(pairs), character: character.card }),
  parse: readPlanText,
};
