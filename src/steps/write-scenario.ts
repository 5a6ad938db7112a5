import type { Character, Pair, Scenario } from '../records.js';
import { readScenario } from './reading/scenario.js';
import { renderPairs } from './render-pairs.js';
import type { Step } from './step.js';

export interface WriteScenarioInput {
  /** In the order in which they are to be asked. */
  pairs: Pair[];
  character: Character;
  plan: string;
}

/** Writes the planned scenario, which also names the second character. */
export const writeScenario: Step<WriteScenarioInput, Scenario> = {
  name: 'write-scenario',
  role: 'logical',
  sampling: { temperature: 0.5, top_p: 0.5, max_tokens: 1000 },
  calls: 2,
  variables: { pairs: 'optional', character: 'required', plan: 'required' },
  render: ({ pairs, character, plan }) => ({ pairs: renderPairs(pairs), character: character.card, plan }),
  parse: (reply, { character }) => readScenario(reply, character.name),
};
