import { WorkflowFailedError } from '@temporalio/client';
import type { ApplicationFailure } from '@temporalio/common';
import { CHUNK, chunkScenario, PAIRS } from '../support/chunk-scenario.js';
import { CALL_USAGE } from '../support/scripted-model.js';
import { activityIds, activitySummaries } from '../support/histories.js';
import { host } from './host.js';

/** 7 calls where all agree. */
const SMALL = { doubleCheckCounter: 1, rearrangements: 1 };

describe('processChunk', () => {
  it.concurrent.each([
    [1, 21],
    [2, 33],
    [3, 33],
    [5, 45],
  ])('with %i places a vote and a model that agrees, makes %i calls', async (doubleCheckCounter, expected) => {
    const { calls } = await chunkScenario({ doubleCheckCounter }).play(host);

    expect(calls).toHaveLength(expected);
  });

  it.concurrent('keeps the whole story in the record', async () => {
    const { record } = await chunkScenario(SMALL).questions(1).play(host);

    const check = (name: string) => ({
      check: name,
      outcome: 'passed',
      votes: [{ vote: 'yes', reason: 'fits', calls: [`q1.v1.${name}.1`] }],
    });
    expect(record).toEqual({
      chunk: CHUNK,
      fingerprint: 'f1',
      until: 'conversations',
      state: 'accepted',
      judge: { verdict: 'suitable', reason: 'full of facts', calls: ['judge'] },
      generate: { calls: ['generate'] },
      questions: [
        {
          number: 1,
          state: 'accepted',
          vetted: true,
          calls: [],
          versions: [{ pair: PAIRS[0], checks: [check('question'), check('relevancy'), check('accuracy')] }],
        },
      ],
      pairs: [{ number: 1, state: 'accepted', pair: PAIRS[0], verdict: 'pass', calls: ['q1.revise'] }],
      conversations: [
        {
          number: 1,
          state: 'accepted',
          order: [1],
          calls: ['c1.conversation'],
          conversation: {
            answerer: 'AI Assistant',
            turns: [
              { speaker: 'User', text: PAIRS[0]?.question },
              { speaker: 'AI Assistant', text: PAIRS[0]?.answer },
            ],
          },
        },
      ],
      totals: { calls: 7, prompt: 70, cached: 28, completion: 14 },
    });
  });

  it.concurrent('returns counts and usage only', async () => {
    const { result } = await chunkScenario(SMALL).questions(2).drop('q2.revise', 'nothing left of it').play(host);

    const none = { rejected: 0, failed: 0, notRun: 0 };
    expect(result).toEqual({
      chunk: CHUNK,
      state: 'accepted',
      funnel: {
        worthy: 1,
        chunks: { in: 1, accepted: 1, ...none },
        questions: { in: 2, accepted: 2, ...none },
        pairs: { in: 2, accepted: 1, ...none, rejected: 1 },
        conversations: { in: 1, accepted: 1, ...none },
      },
      totals: { calls: 11, prompt: 110, cached: 44, completion: 22 },
    });
  });

  it.concurrent('counts the usage of answers that could not be used', async () => {
    const { record } = await chunkScenario()
      .unusable('judge', 'No verdict.')
      .judge('unsuitable', 'a list of ships', 'judge.b')
      .play(host);

    expect(record.totals).toEqual({ calls: 2, prompt: 2 * CALL_USAGE.prompt, cached: 8, completion: 4 });
  });

  it.concurrent('stops after a judge that finds the paragraph unsuitable', async () => {
    const { record, calls } = await chunkScenario().judge('unsuitable', 'a table of tides').play(host);

    expect(record).toMatchObject({ state: 'rejected', step: 'judge-paragraph', reason: 'a table of tides' });
    expect(calls).toEqual(['judge']);
  });

  it.concurrent('asks again with the last answer and what was wrong with it', async () => {
    const { record, asked } = await chunkScenario()
      .unusable('judge', 'No verdict line.', 'Well, well.')
      .unusable('judge.b', 'Two verdicts.', 'Both, perhaps.')
      .judge('unsuitable', 'a table of tides', 'judge.c')
      .play(host);

    expect(asked('judge').previous).toBeUndefined();
    expect(asked('judge.b').previous).toEqual({ answer: 'Well, well.', reason: 'No verdict line.' });
    expect(asked('judge.c').previous).toEqual({ answer: 'Both, perhaps.', reason: 'Two verdicts.' });
    expect(record.judge?.calls).toEqual(['judge', 'judge.b', 'judge.c']);
  });

  it.concurrent('fails where the judge stays unusable', async () => {
    const { record, calls } = await chunkScenario()
      .unusable('judge', 'No verdict line.')
      .unusable('judge.b', 'Two verdicts.')
      .unusable('judge.c', 'Cut off.')
      .play(host);

    expect(record).toMatchObject({ state: 'failed', step: 'judge-paragraph', reason: 'Cut off.' });
    expect(calls).toEqual(['judge', 'judge.b', 'judge.c']);
  });

  it.concurrent('fails where the provider refuses to judge', async () => {
    const { record } = await chunkScenario().refuse('judge', 'content policy').play(host);

    expect(record).toMatchObject({ state: 'failed', step: 'judge-paragraph', reason: 'content policy' });
  });

  it.concurrent('fails where no questions can be read', async () => {
    const { record, calls } = await chunkScenario()
      .unusable('generate', 'No pairs.')
      .unusable('generate.b', 'No pairs.')
      .unusable('generate.c', 'No pairs.')
      .unusable('generate.d', 'No answers.')
      .play(host);

    expect(record).toMatchObject({ state: 'failed', step: 'generate-questions', reason: 'No answers.', questions: [] });
    expect(calls).toHaveLength(5);
  });

  it.concurrent('fails where the provider refuses to generate', async () => {
    const { record } = await chunkScenario().refuse('generate', 'context too long').play(host);

    expect(record).toMatchObject({ state: 'failed', step: 'generate-questions', reason: 'context too long' });
  });

  it.concurrent('ends with the pairs where the run goes no further', async () => {
    const { record, calls } = await chunkScenario({ ...SMALL, until: 'pairs' })
      .questions(1)
      .play(host);

    expect(record).toMatchObject({ state: 'accepted', until: 'pairs', conversations: [] });
    expect(record.pairs).toHaveLength(1);
    expect(calls).not.toContain('c1.conversation');
  });

  it.concurrent('says in plain words what each call is for', async () => {
    const scenario = chunkScenario(SMALL)
      .questions(1)
      .unusable('judge', 'No verdict line.')
      .judge('suitable', 'full of facts', 'judge.b')
      .vote('q1.v1.accuracy.1', 'no', 'wrong count')
      .regenerate(1, 2, { question: 'How many steps are there?', answer: 'There are 84.' });
    const handle = await scenario.start(host);
    await handle.result();

    expect(activitySummaries(await handle.fetchHistory())).toEqual([
      'judge the paragraph',
      'judge the paragraph, asked again (2 of 3)',
      'generate questions',
      'q1 question, vote 1',
      'q1 relevancy, vote 1',
      'q1 accuracy, vote 1',
      'q1, write version 2',
      'q1 version 2 question, vote 1',
      'q1 version 2 relevancy, vote 1',
      'q1 version 2 accuracy, vote 1',
      'q1, revise context',
      'conversation 1: questions 1',
      'write the record',
    ]);
  });

  it.concurrent('gives the activity of each call the id of the call', async () => {
    const handle = await chunkScenario(SMALL)
      .unusable('judge', 'No verdict line.')
      .judge('unsuitable', 'a table of tides', 'judge.b')
      .start(host);
    await handle.result();

    expect(activityIds(await handle.fetchHistory())).toEqual(['judge', 'judge.b', expect.any(String)]);
  });

  it.concurrent('breaks where a call fails in a way that says nothing about the item', async () => {
    // The call is not in the script.
    const handle = await chunkScenario().unusable('judge', 'No verdict line.').start(host);

    await expect(handle.result()).rejects.toThrow(WorkflowFailedError);
  });

  it.concurrent('breaks, and does not hang, where it has a bug', async () => {
    const handle = await chunkScenario().garble('judge').start(host);

    const failure = await handle.result().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WorkflowFailedError);
    expect(((failure as Error).cause as ApplicationFailure).type).toBe('TypeError');
  });
});
