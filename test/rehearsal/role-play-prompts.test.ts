import { readFile } from 'node:fs/promises';
import { parseTraits } from '../../src/prompting/parse-traits.js';
import { renderPrompt } from '../../src/prompting/render-prompt.js';
import { seededRandom } from '../../src/random.js';
import type { Conversation, Pair, Scene } from '../../src/records.js';
import { readCall } from '../../src/rehearsal/protocol.js';
import { replyTo } from '../../src/rehearsal/reply.js';
import { generateQuestions } from '../../src/steps/generate-questions.js';
import { planCharacter } from '../../src/steps/plan-character.js';
import { planScenario } from '../../src/steps/plan-scenario.js';
import type { Step, StepContext } from '../../src/steps/step.js';
import { drawTraits } from '../../src/steps/traits.js';
import { writeCharacter } from '../../src/steps/write-character.js';
import { writeConversation } from '../../src/steps/write-conversation.js';
import { writeScenario } from '../../src/steps/write-scenario.js';
import { promptOf } from '../prompting/own-prompts.js';
import { stepContext } from '../support/step-context.js';
import { ODD_TEXTS } from './odd-texts.js';

const axes = parseTraits(await readFile('prompts/traits.yaml', 'utf8'), 'traits.yaml').value ?? {};

/** A chunk of this text, and the agreeable model, which is asked in the project's own words. */
function play(text: string) {
  const context: StepContext = stepContext({
    text,
    traitsFor: (conversation) => drawTraits(axes, seededRandom(1, text, conversation)),
  });
  let calls = 0;

  /** Throws where a reply cannot be used: one call an item has to be enough. */
  function ask<Input, Result>(step: Step<Input, Result>, item: string, input: Input): Result {
    calls += 1;
    const messages = renderPrompt(promptOf(step.name), step.render(input, context));
    const { temperature, top_p, max_tokens } = step.sampling;
    const body = JSON.stringify({ model: 'rehearsal', messages, temperature, top_p, max_tokens });
    const headers = { 'x-augmentoolkit-step': step.name, 'x-augmentoolkit-call': `chunk/${item}` };
    const reply = replyTo(readCall('chat', body, headers), { profile: 'agreeable', seed: 1, faults: {} });
    const parsed = step.parse(reply.text, input, context);
    if (!parsed.ok) throw new Error(`${step.name}: ${parsed.reason}\n${reply.text}`);
    return parsed.value;
  }

  function converse(number: number, pairs: Pair[]): { scene: Scene; conversation: Conversation } {
    const planned = ask(planCharacter, `c${number}.character-plan`, { pairs, conversation: number });
    const character = ask(writeCharacter, `c${number}.character`, planned);
    const plan = ask(planScenario, `c${number}.scenario-plan`, { pairs, character });
    const scenario = ask(writeScenario, `c${number}.scenario`, { pairs, character, plan });
    const conversation = ask(writeConversation, `c${number}.conversation`, { pairs, character, scenario, plan });
    const { plan: characterPlan, traits } = planned;
    return { scene: { traits, characterPlan, character, scenarioPlan: plan, scenario }, conversation };
  }

  const pairs = ask(generateQuestions, 'generate', {});
  const orders = [pairs, pairs.toReversed(), [...pairs.slice(2), ...pairs.slice(0, 2)]];
  calls = 0;
  const conversations = orders.map((order, index) => converse(index + 1, order));
  return { conversations, orders, calls };
}

const PLAYED = Object.entries(ODD_TEXTS).map(([name, text]) => ({ name, ...play(text) }));

describe.each(PLAYED)('from $name', ({ conversations, orders, calls }) => {
  it('three orders of four pairs take five calls each', () => {
    expect(calls).toBe(3 * 5);
    for (const [index, { scene, conversation }] of conversations.entries()) {
      const { answerer, turns } = conversation;
      const said = turns.filter(({ speaker }) => speaker === answerer).slice(-4);
      expect(said.map((turn) => turn.text)).toEqual(orders[index]?.map(({ answer }) => answer));
      expect(new Set(turns.map(({ speaker }) => speaker))).toEqual(
        new Set([scene.character.name, scene.scenario.secondCharacter]),
      );
    }
  });

  it('the characters are what their traits say', () => {
    for (const { scene } of conversations) {
      const valueOf = (axis: string): string => new RegExp(`^${axis}: (.+)$`, 'm').exec(scene.traits)?.[1] ?? 'nothing';
      expect(scene.character.name[0]).toBe(valueOf('Initial letter of the name'));
      expect(scene.character.card).toContain(` ${valueOf('Occupation')} for half my life`);
      expect(scene.character.card).toContain(valueOf('Habit'));
      expect(scene.scenario.text).toContain(scene.character.name);
      expect(scene.scenario.text.split(/\s+/).length).toBeLessThanOrEqual(80);
    }
  });
});

it('characters differ from conversation to conversation, and from chunk to chunk', () => {
  const scenes = PLAYED.flatMap(({ conversations }) => conversations.map(({ scene }) => scene));
  expect(new Set(scenes.map(({ character }) => character.name)).size).toBeGreaterThan(scenes.length / 2);
});
