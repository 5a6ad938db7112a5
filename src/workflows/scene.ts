import type { ItemState, Outcome, Pair, Scene } from '../records.js';
import { planCharacter } from '../steps/plan-character.js';
import { planScenario } from '../steps/plan-scenario.js';
import { writeCharacter } from '../steps/write-character.js';
import { writeScenario } from '../steps/write-scenario.js';
import type { Answer, Ask } from './model-calls.js';

/** A scene, or how far it came and why no further. */
export type InventedScene = { calls: string[] } & (
  { complete: true; scene: Scene } | { complete: false; scene: Partial<Scene>; outcome: Outcome & { state: ItemState } }
);

/** Invents, for conversation `number`, somebody who would know these answers, and where and why they are asked. */
export async function inventScene(number: number, pairs: Pair[], ask: Ask): Promise<InventedScene> {
  const calls: string[] = [];
  const asked = async <Result>(answering: Promise<Answer<Result>>): Promise<Answer<Result>> => {
    const answer = await answering;
    calls.push(...answer.calls);
    return answer;
  };
  const item = (name: string) => ({ item: `c${number}.${name}`, summary: `conversation ${number}: ${name}` });
  const stop = (step: { name: string }, { reason }: { reason: string }, scene: Partial<Scene>): InventedScene => ({
    complete: false,
    scene,
    calls,
    outcome: { state: 'failed', step: step.name, reason },
  });

  const planned = await asked(
    ask(planCharacter, { ...item('character-plan'), input: { pairs, conversation: number } }),
  );
  if (planned.kind !== 'usable') return stop(planCharacter, planned, {});
  const { plan: characterPlan, traits } = planned.value;

  const character = await asked(ask(writeCharacter, { ...item('character'), input: planned.value }));
  if (character.kind !== 'usable') return stop(writeCharacter, character, { traits, characterPlan });
  const person = { traits, characterPlan, character: character.value };

  const plan = await asked(
    ask(planScenario, { ...item('scenario-plan'), input: { pairs, character: person.character } }),
  );
  if (plan.kind !== 'usable') return stop(planScenario, plan, person);
  const planOnly = { ...person, scenarioPlan: plan.value };

  const scenario = await asked(
    ask(writeScenario, { ...item('scenario'), input: { pairs, character: person.character, plan: plan.value } }),
  );
  if (scenario.kind !== 'usable') return stop(writeScenario, scenario, planOnly);
  return { complete: true, calls, scene: { ...planOnly, scenario: scenario.value } };
}
