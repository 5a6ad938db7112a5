import type { Pair } from '../../src/records.js';
import { chunkScenario, PAIRS, sceneParts } from '../support/chunk-scenario.js';
import { host } from './host.js';

const ROLE_PLAY = { assistantMode: false, doubleCheckCounter: 0, rearrangements: 1 };
const SCENE_CALLS = ['character-plan', 'character', 'scenario-plan', 'scenario', 'conversation'];

const [CLOCK, STEPS] = PAIRS as [Pair, Pair];

describe('role-play', () => {
  it.concurrent('invents a character and a scene for each order, and has the conversation written in it', async () => {
    const { record, calls } = await chunkScenario({ ...ROLE_PLAY, rearrangements: 2 })
      .questions(2)
      .play(host);

    const ofScenes = [1, 2].flatMap((number) => SCENE_CALLS.map((call) => `c${number}.${call}`));
    expect(calls).toEqual(['generate', 'judge', 'q1.revise', 'q2.revise', ...ofScenes].toSorted());
    expect(record.conversations.map(({ state }) => state)).toEqual(['accepted', 'accepted']);
    expect(record.conversations[1]).toMatchObject({
      scene: {
        traits: 'Occupation: pilot 2',
        characterPlan: 'Somebody who knows the harbour, 2.',
        character: sceneParts(2).character,
        scenarioPlan: 'On the quay, plan 2.',
        scenario: sceneParts(2).scenario,
      },
      conversation: { answerer: 'Mara 2' },
      calls: SCENE_CALLS.map((call) => `c2.${call}`),
    });
    expect(record.conversations[1]?.conversation?.turns[0]?.speaker).toBe('Tom 2');
  });

  it.concurrent('gives each step what it needs, in the order of the conversation', async () => {
    const { record, asked } = await chunkScenario({ ...ROLE_PLAY, rearrangements: 2 })
      .questions(2)
      .play(host);

    const pairs = record.conversations[1]?.order.map((number) => PAIRS[number - 1]);
    const parts = sceneParts(2);
    expect(asked('c2.character-plan').input).toEqual({ pairs, conversation: 2 });
    expect(asked('c2.character').input).toEqual(parts['character-plan']);
    expect(asked('c2.scenario-plan').input).toEqual({ pairs, character: parts.character });
    expect(asked('c2.scenario').input).toEqual({ pairs, character: parts.character, plan: parts['scenario-plan'] });
    expect(asked('c2.conversation').input).toEqual({
      pairs,
      character: parts.character,
      scenario: parts.scenario,
      plan: parts['scenario-plan'],
    });
  });

  it.concurrent.each([
    ['character-plan', 'plan-character', []],
    ['character', 'write-character', ['traits', 'characterPlan']],
    ['scenario-plan', 'plan-scenario', ['traits', 'characterPlan', 'character']],
    ['scenario', 'write-scenario', ['traits', 'characterPlan', 'character', 'scenarioPlan']],
  ])('where %s is refused, the conversation has failed, and goes no further', async (call, step, known) => {
    const { record, calls } = await chunkScenario(ROLE_PLAY)
      .questions(1)
      .refuse(`c1.${call}`, 'content policy')
      .play(host);

    expect(record.conversations[0]).toMatchObject({ state: 'failed', step, reason: 'content policy' });
    expect(Object.keys(record.conversations[0]?.scene ?? {})).toEqual(known);
    expect(record.conversations[0]?.calls.at(-1)).toBe(`c1.${call}`);
    expect(calls).not.toContain('c1.conversation');
    expect(record.state).toBe('accepted');
  });

  it.concurrent('where a card stays unusable, the conversation has failed', async () => {
    const { record } = await chunkScenario({ ...ROLE_PLAY, rearrangements: 2 })
      .questions(2)
      .unusable('c1.character', 'No name.')
      .unusable('c1.character.b', 'No name.')
      .unusable('c1.character.c', 'No backstory.')
      .play(host);

    expect(record.conversations.map(({ state }) => state)).toEqual(['failed', 'accepted']);
    expect(record.conversations[0]).toMatchObject({
      step: 'write-character',
      reason: 'No backstory.',
      calls: ['c1.character-plan', 'c1.character', 'c1.character.b', 'c1.character.c'],
    });
  });

  it.concurrent('where no attempt at the conversation can be used, it is rejected', async () => {
    const { record } = await chunkScenario({ ...ROLE_PLAY, conversationAttempts: 1 })
      .pairs([CLOCK, STEPS])
      .unusable('c1.conversation', 'The second answer is missing.')
      .play(host);

    expect(record.conversations[0]).toMatchObject({
      state: 'rejected',
      step: 'write-conversation',
      reason: 'The second answer is missing.',
      scene: { character: sceneParts(1).character },
    });
  });
});
