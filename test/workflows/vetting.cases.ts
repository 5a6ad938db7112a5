import type { Pair } from '../../src/records.js';
import { CHUNK, chunkScenario, PAIRS } from '../support/chunk-scenario.js';
import { eventually } from '../support/eventually.js';
import { host } from './host.js';

/** Questions are vetted and revised, and that is all. */
const PAIRS_ONLY = { until: 'pairs', doubleCheckCounter: 1 } as const;

const [CLOCK, STEPS, SHED] = PAIRS as [Pair, Pair, Pair];
const CLOCK_AGAIN: Pair = { question: 'who winds the harbour clock at Port Ellery', answer: 'It is the pilot.' };
const FERRY: Pair = { question: 'Which wind stops the ferry?', answer: 'A north wind above force seven.' };
const CHURN: Pair = { question: 'What does the ferry carry on Fridays?', answer: 'It carries butter churns.' };

describe('vetting a question', () => {
  it.concurrent('goes no further than the first check that fails', async () => {
    const { record, calls } = await chunkScenario({ ...PAIRS_ONLY, questionVersions: 1 })
      .questions(1)
      .vote('q1.v1.relevancy.1', 'no', 'answers something else')
      .play(host);

    expect(record.questions[0]).toMatchObject({ state: 'rejected', step: 'check-answer-relevancy' });
    expect(calls).toEqual(['generate', 'judge', 'q1.v1.question.1', 'q1.v1.relevancy.1']);
  });

  it.concurrent('asks for the third vote only where two do not agree', async () => {
    const { record, calls } = await chunkScenario({ ...PAIRS_ONLY, doubleCheckCounter: 3 })
      .questions(1)
      .vote('q1.v1.accuracy.1', 'no', 'wrong count')
      .vote('q1.v1.accuracy.3', 'yes', 'right count')
      .play(host);

    expect(record.questions[0]?.versions[0]?.checks[2]).toEqual({
      check: 'accuracy',
      outcome: 'passed',
      votes: [
        { vote: 'no', reason: 'wrong count', calls: ['q1.v1.accuracy.1'] },
        { vote: 'yes', reason: 'fits', calls: ['q1.v1.accuracy.2'] },
        { vote: 'yes', reason: 'right count', calls: ['q1.v1.accuracy.3'] },
      ],
    });
    expect(calls.filter((call) => call.startsWith('q1.v1'))).toHaveLength(7);
  });

  it.concurrent('fails a check on a tie', async () => {
    const { record } = await chunkScenario({ ...PAIRS_ONLY, doubleCheckCounter: 2, questionVersions: 1 })
      .questions(1)
      .vote('q1.v1.question.2', 'no', 'the text does not say')
      .play(host);

    expect(record.questions[0]).toMatchObject({ state: 'rejected', reason: 'the text does not say' });
  });

  it.concurrent.each(['unusable', 'refused'] as const)('spends the place of a vote that stays %s', async (vote) => {
    const scenario = chunkScenario({ ...PAIRS_ONLY, doubleCheckCounter: 3 }).questions(1);
    if (vote === 'refused') scenario.refuse('q1.v1.question.2', 'No.');
    else scenario.unusable('q1.v1.question.2', 'No verdict.').unusable('q1.v1.question.2.b', 'No.');
    const { record } = await scenario.vote('q1.v1.question.3', 'yes', 'the text says so').play(host);

    const calls = vote === 'refused' ? ['q1.v1.question.2'] : ['q1.v1.question.2', 'q1.v1.question.2.b'];
    const [check] = record.questions[0]?.versions[0]?.checks ?? [];
    expect(check).toMatchObject({ outcome: 'passed', votes: [{ vote: 'yes' }, { vote, reason: 'No.', calls }, {}] });
  });

  it.concurrent('fails a question whose last version stays undecided', async () => {
    const { record } = await chunkScenario({ ...PAIRS_ONLY, questionVersions: 1 })
      .questions(2)
      .unusable('q1.v1.accuracy.1', 'No verdict.')
      .unusable('q1.v1.accuracy.1.b', 'Two verdicts.')
      .play(host);

    expect(record.questions[0]).toMatchObject({
      state: 'failed',
      step: 'check-answer-accuracy',
      reason: 'Two verdicts.',
      versions: [{ checks: [{ outcome: 'passed' }, { outcome: 'passed' }, { outcome: 'undecided' }] }],
    });
    expect(record.state).toBe('accepted');
  });

  it.concurrent('has an undecided version written anew while there may be more', async () => {
    const { record, asked } = await chunkScenario(PAIRS_ONLY)
      .questions(1)
      .refuse('q1.v1.question.1', 'content policy')
      .regenerate(1, 2, FERRY)
      .play(host);

    expect(record.questions[0]).toMatchObject({ state: 'accepted' });
    expect(asked('q1.v2.regenerate').input).toMatchObject({
      rejected: [{ pair: CLOCK, reasons: ['The question check could not be decided.'] }],
    });
  });

  it.concurrent('has a better version written from the reasons in the order of the votes', async () => {
    const scenario = chunkScenario({ ...PAIRS_ONLY, doubleCheckCounter: 3 })
      .questions(3)
      .vote('q2.v1.accuracy.1', 'no', 'it is 84 in the text')
      .vote('q2.v1.accuracy.2', 'no', 'a rung is no step')
      .regenerate(2, 2, FERRY);
    const { model } = scenario.run;
    const firstVote = model.hold(`${CHUNK}/q2.v1.accuracy.1`);
    const secondVote = eventually(() => model.calls.some(({ call }) => call === 'q2.v1.accuracy.2'));
    const [{ record, asked }] = await Promise.all([scenario.play(host), secondVote.then(() => firstVote.open())]);

    expect(asked('q2.v2.regenerate').input).toEqual({
      rejected: [{ pair: STEPS, reasons: ['it is 84 in the text', 'a rung is no step'] }],
      siblings: [CLOCK.question, SHED.question],
    });
    expect(record.questions[1]).toMatchObject({ state: 'accepted', calls: ['q2.v2.regenerate'] });
    expect(record.questions[1]?.versions.map(({ pair }) => pair)).toEqual([STEPS, FERRY]);
  });

  it.concurrent('checks a new version from the start, and tells of all versions that were rejected', async () => {
    const { record, asked } = await chunkScenario(PAIRS_ONLY)
      .questions(2)
      .vote('q1.v1.accuracy.1', 'no', 'the mate winds it')
      .regenerate(1, 2, FERRY)
      .vote('q1.v2.question.1', 'no', 'the text names no wind')
      .regenerate(1, 3, CHURN)
      // The sibling changes meanwhile, which must not be seen here: it would depend on timing.
      .vote('q2.v1.question.1', 'no', 'nobody counts steps')
      .regenerate(2, 2, SHED)
      .play(host);

    expect(asked('q1.v3.regenerate').input).toEqual({
      rejected: [
        { pair: CLOCK, reasons: ['the mate winds it'] },
        { pair: FERRY, reasons: ['the text names no wind'] },
      ],
      siblings: [STEPS.question],
    });
    expect(record.questions[0]?.versions.map(({ checks }) => checks.length)).toEqual([3, 1, 3]);
  });

  it.concurrent('rejects a question as it stood where no usable version comes', async () => {
    const { record } = await chunkScenario(PAIRS_ONLY)
      .questions(1)
      .vote('q1.v1.accuracy.1', 'no', 'the mate winds it')
      .unusable('q1.v2.regenerate', 'No pair.')
      .unusable('q1.v2.regenerate.b', 'No pair.')
      .unusable('q1.v2.regenerate.c', 'No pair.')
      .unusable('q1.v2.regenerate.d', 'No pair.')
      .play(host);

    expect(record.questions[0]).toMatchObject({
      state: 'rejected',
      step: 'check-answer-accuracy',
      reason: 'the mate winds it\nNo better version came: No pair.',
      versions: [{ pair: CLOCK }],
      calls: ['q1.v2.regenerate', 'q1.v2.regenerate.b', 'q1.v2.regenerate.c', 'q1.v2.regenerate.d'],
    });
  });

  it.concurrent('fails a question that stands undecided where no usable version comes', async () => {
    const scenario = chunkScenario({ ...PAIRS_ONLY, doubleCheckCounter: 1 }).questions(1);
    for (const call of ['', '.b']) scenario.unusable(`q1.v1.accuracy.1${call}`, 'No verdict.');
    for (const call of ['', '.b', '.c', '.d']) scenario.unusable(`q1.v2.regenerate${call}`, 'No pair.');
    const { record } = await scenario.play(host);

    expect(record.questions[0]).toMatchObject({
      state: 'failed',
      step: 'check-answer-accuracy',
      reason: 'No verdict.\nNo better version came: No pair.',
    });
  });

  it.concurrent('fails a question whose next version the provider refuses to write', async () => {
    const { record } = await chunkScenario(PAIRS_ONLY)
      .questions(1)
      .vote('q1.v1.accuracy.1', 'no', 'the mate winds it')
      .refuse('q1.v2.regenerate', 'content policy')
      .play(host);

    const [question] = record.questions;
    expect(question).toMatchObject({ state: 'failed', step: 'regenerate-question', reason: 'content policy' });
  });

  it.concurrent('generates nothing that would not be vetted', async () => {
    const { record, calls } = await chunkScenario({ ...PAIRS_ONLY, questionVersions: 2 })
      .questions(1)
      .vote('q1.v1.question.1', 'no', 'the text does not say')
      .regenerate(1, 2, FERRY)
      .vote('q1.v2.relevancy.1', 'no', 'answers something else')
      .play(host);

    expect(record.questions[0]).toMatchObject({ state: 'rejected', reason: 'answers something else' });
    expect(calls.filter((call) => call.includes('regenerate'))).toEqual(['q1.v2.regenerate']);
  });

  it.concurrent('is left out, and said to be, where DOUBLE_CHECK_COUNTER is 0', async () => {
    const { record, calls } = await chunkScenario({ ...PAIRS_ONLY, doubleCheckCounter: 0 })
      .questions(1)
      .play(host);

    expect(record.questions[0]).toMatchObject({ state: 'accepted', vetted: false, versions: [{ checks: [] }] });
    expect(calls).toEqual(['generate', 'judge', 'q1.revise']);
  });

  it.concurrent('is not paid for where a question repeats an earlier one', async () => {
    const { record, calls, asked } = await chunkScenario(PAIRS_ONLY)
      .pairs([CLOCK, CLOCK_AGAIN, STEPS])
      .vote('q3.v1.question.1', 'no', 'nobody counts steps')
      .regenerate(3, 2, FERRY)
      .play(host);

    expect(record.questions[1]).toEqual({
      number: 2,
      state: 'rejected',
      step: 'duplicate',
      reason: `It repeats: ${CLOCK.question}`,
      versions: [{ pair: CLOCK_AGAIN, checks: [] }],
      vetted: false,
      calls: [],
    });
    expect(calls.filter((call) => call.startsWith('q2'))).toEqual([]);
    expect(asked('q3.v2.regenerate').input).toMatchObject({ siblings: [CLOCK.question] });
  });

  it.concurrent('keeps the lower number where two questions became alike', async () => {
    const { record } = await chunkScenario(PAIRS_ONLY)
      .questions(3)
      .vote('q1.v1.question.1', 'no', 'the text does not say')
      .regenerate(1, 2, { question: STEPS.question, answer: 'One climbs 84 of them.' })
      .play(host);

    expect(record.questions.map(({ state, step }) => step ?? state)).toEqual(['accepted', 'duplicate', 'accepted']);
    expect(record.pairs.map(({ number }) => number)).toEqual([1, 3]);
  });
});
