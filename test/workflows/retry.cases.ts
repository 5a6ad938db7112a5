import type { PipelineSettings } from '../../src/run-context.js';
import { chunkScenario } from '../support/chunk-scenario.js';
import { host } from './host.js';

const SMALL = { doubleCheckCounter: 1, rearrangements: 2 };
const ROLE_PLAY = { ...SMALL, assistantMode: false };

function votes(version: string): string[] {
  return ['accuracy', 'question', 'relevancy'].map((check) => `${version}.${check}.1`);
}

const TO_PAIRS = ['generate', 'judge', 'q1.revise', 'q2.revise', ...votes('q1.v1'), ...votes('q2.v1')];
const CALLS = ['c1.conversation', 'c2.conversation', ...TO_PAIRS];
const SCENE = ['character', 'character-plan', 'conversation', 'scenario', 'scenario-plan'];
const ROLE_PLAY_CALLS = [...['c1', 'c2'].flatMap((each) => SCENE.map((part) => `${each}.${part}`)), ...TO_PAIRS];

describe('an item that is tried again', () => {
  it.concurrent.each<[string, Partial<PipelineSettings>, string[], string[]]>([
    ['judge', SMALL, CALLS, ['judge']],
    ['generate', SMALL, CALLS, ['generate']],
    ['q2', SMALL, CALLS, votes('q2.v1')],
    ['q2.revise', SMALL, CALLS, ['q2.revise']],
    ['c1', SMALL, CALLS, ['c1.conversation']],
    ['c2', ROLE_PLAY, ROLE_PLAY_CALLS, SCENE.map((part) => `c2.${part}`)],
    // It starts anew from the journal: all its calls are as they were.
    ['chunk', SMALL, CALLS, []],
  ])('has its round in all its calls, and nowhere else: %s', async (item, settings, all, own) => {
    const { calls, record } = await chunkScenario(settings)
      .retry({ [item]: 2 })
      .questions(2)
      .play(host);

    const expected = all.map((call) => (own.includes(call) ? `${call}@2` : call));
    expect(calls).toEqual(expected.toSorted());
    expect(record.state).toBe('accepted');
    expect(record.conversations.map(({ state }) => state)).toEqual(['accepted', 'accepted']);
  });

  it.concurrent('names the round before the letter of a call for an unusable answer', async () => {
    const { record } = await chunkScenario(SMALL)
      .retry({ judge: 4 })
      .unusable('judge@4', 'No verdict.')
      .judge('unsuitable', 'an index', 'judge@4.b')
      .play(host);

    expect(record).toMatchObject({ state: 'rejected', judge: { calls: ['judge@4', 'judge@4.b'] } });
  });

  it.concurrent('has better versions written and checked in the same round', async () => {
    const { record, calls } = await chunkScenario(SMALL)
      .retry({ q1: 2 })
      .questions(1)
      .vote('q1.v1.accuracy.1@2', 'no', 'wrong count')
      .regenerate(1, 2, { question: 'How many steps are there?', answer: 'There are 84.' }, 'q1.v2.regenerate@2')
      .play(host);

    const [question] = record.questions;
    expect(question).toMatchObject({ state: 'accepted', calls: ['q1.v2.regenerate@2'] });
    expect(question?.versions.flatMap(({ checks }) => checks.flatMap((check) => check.votes[0]?.calls))).toEqual(
      ['q1.v1', 'q1.v2'].flatMap((version) =>
        ['question', 'relevancy', 'accuracy'].map((check) => `${version}.${check}.1@2`),
      ),
    );
    expect(calls.filter((call) => call.startsWith('q1.v'))).toHaveLength(7);
  });

  it.concurrent('fails again where it is refused again', async () => {
    const { record, result } = await chunkScenario({ ...SMALL, rearrangements: 1 })
      .retry({ c1: 2 })
      .questions(1)
      .refuse('c1.conversation@2', 'content policy')
      .play(host);

    expect(record.conversations[0]).toMatchObject({ state: 'failed', calls: ['c1.conversation@2'] });
    expect(result.funnel.conversations).toMatchObject({ in: 1, failed: 1 });
  });
});
