import type { ArchivedChunk } from '../../src/archive/run-archive.js';
import { planDocument } from '../../src/planning/run-plan.js';
import type { CheckRecord, ChunkRecord, Vote } from '../../src/records.js';
import { DropSum } from '../../src/report/drop-sum.js';
import { OutputSum } from '../../src/report/output-sum.js';
import { SourceSum } from '../../src/report/source-sum.js';
import { SpendingSum } from '../../src/report/spending.js';
import { TimelineSum } from '../../src/report/timeline-sum.js';
import { VoteSum } from '../../src/report/vote-sum.js';
import {
  SAMPLE_CHUNK,
  sampleCall,
  sampleConversation,
  sampleQuestion,
  sampleRecord,
  sampleRolePlay,
} from '../support/sample-records.js';

function archived(path = 'canals.txt', chunk = SAMPLE_CHUNK.id): ArchivedChunk {
  const document = planDocument({ id: 'canals-0a1b2c', path, textname: 'Canals', text: '' });
  const entry = { id: chunk, fingerprint: '', label: '', source: path };
  return { index: 0, entry, chunk: { ...SAMPLE_CHUNK, id: chunk }, document };
}

describe('what calls cost', () => {
  const PRICES = { rehearsal: { INPUT: 10, OUTPUT: 100, CACHED_INPUT: 1 } };

  it('is summed up by step and by model, in the order of the pipeline', () => {
    const sum = new SpendingSum(PRICES);
    const judge = { ...sampleCall('judge'), call: { chunk: '', step: 'judge-paragraph', id: 'judge' } };
    sum.add(sampleCall('q1.v1.question.1'), true);
    sum.add({ ...judge, latencyMs: 100 }, true);
    sum.add({ ...judge, request: { ...judge.request, model: 'unknown' } }, false);
    const { steps, models, total, beside, unpriced } = sum.figures;
    expect(steps.map(({ name, model, calls }) => [name, model, calls])).toEqual([
      ['judge-paragraph', 'rehearsal', 1],
      ['judge-paragraph', 'unknown', 1],
      ['check-question', 'rehearsal', 1],
    ]);
    expect(models.map(({ name, calls }) => [name, calls])).toEqual([
      ['rehearsal', 2],
      ['unknown', 1],
    ]);
    // 20 tokens at 10, 100 from the cache at 1, and 9 out at 100, a million each.
    expect(total).toMatchObject({ calls: 3, prompt: 360, cached: 300, completion: 27 });
    expect(total.cost).toBeCloseTo(2 * 0.0012, 9);
    expect(beside).toEqual({ calls: 1, prompt: 120, cached: 100, completion: 9 });
    expect(unpriced).toEqual(['unknown']);
  });
});

describe('votes', () => {
  const cast = (...votes: Vote['vote'][]): Vote[] => votes.map((vote) => ({ vote, reason: '', calls: [] }));
  const record = (...checks: CheckRecord[]) =>
    sampleRecord({ questions: [sampleQuestion(1, { versions: [{ pair: { question: '', answer: '' }, checks }] })] });

  it('are counted by check, with what deciding early saved', () => {
    const sum = new VoteSum(3);
    sum.add(
      record(
        { check: 'question', outcome: 'passed', votes: cast('yes', 'yes') },
        { check: 'accuracy', outcome: 'failed', votes: cast('yes', 'no', 'no') },
      ),
    );
    sum.add(record({ check: 'question', outcome: 'undecided', votes: cast('unusable', 'yes', 'refused') }));
    expect(sum.figures).toEqual([
      { check: 'question', held: 2, passed: 1, failed: 0, undecided: 1, split: 0, cast: 5, saved: 1 },
      { check: 'accuracy', held: 1, passed: 0, failed: 1, undecided: 0, split: 1, cast: 3, saved: 0 },
    ]);
  });
});

describe('what was dropped', () => {
  const rejected = (number: number, reason: string, step = 'check-question') =>
    sampleRecord({
      questions: [sampleQuestion(number, { state: 'rejected', step, reason })],
      pairs: [],
      conversations: [],
    });

  it('is counted by step and by reasons that differ in numbers and quotations only', () => {
    const sum = new DropSum();
    sum.add(rejected(1, 'The text has 3 gates, not “four”.'));
    sum.add(rejected(2, 'The text has 12 gates, not “nine”.\nAnd more.'));
    sum.add(rejected(1, 'It is unclear.'));
    sum.add(rejected(1, 'It repeats: Why?', 'duplicate'));
    sum.add(rejected(2, 'It repeats: How many pairs of gates?', 'duplicate'));
    const [checks, duplicates] = sum.figures;
    expect(checks).toMatchObject({
      stage: 'questions',
      state: 'rejected',
      step: 'check-question',
      count: 3,
      others: 0,
    });
    expect(checks?.reasons.map(({ reason, count }) => [count, reason])).toEqual([
      [2, 'The text has # gates, not “…”.'],
      [1, 'It is unclear.'],
    ]);
    expect(checks?.reasons[0]?.examples).toEqual([
      { id: `${SAMPLE_CHUNK.id}/q1`, text: 'How many pairs of gates has a lock?' },
      { id: `${SAMPLE_CHUNK.id}/q2`, text: 'Why do the gates point upstream?' },
    ]);
    expect(duplicates?.reasons.map(({ reason, count }) => [count, reason])).toEqual([[2, 'It repeats: …']]);
  });

  it('stays small, whatever a model says', () => {
    const sum = new DropSum();
    for (let index = 0; index < 2_000; index += 1) {
      const word = String(index)
        .split('')
        .map((digit) => 'abcdefghij'[Number(digit)])
        .join('');
      sum.add(rejected(1, `${word} ${'x'.repeat(5_000)}`));
    }
    const [group] = sum.figures;
    expect(group).toMatchObject({ count: 2_000, others: 1_992 });
    expect(JSON.stringify(sum.figures).length).toBeLessThan(10_000);
  });
});

describe('sources', () => {
  it('count their chunks by what the judge said, and their rows', () => {
    const sum = new SourceSum();
    const unworthy = sampleRecord({ judge: { verdict: 'unsuitable', reason: '', calls: [] }, conversations: [] });
    const undecided = sampleRecord({ judge: { calls: [] }, conversations: [] });
    for (const record of [sampleRecord(), unworthy, undecided]) sum.add({ ...archived('a.txt'), record });
    sum.add(archived('b.txt'));
    expect(sum.figures).toEqual({
      shown: [
        { path: 'a.txt', chunks: 3, worthy: 1, unworthy: 1, undecided: 1, notRun: 0, rows: 1 },
        { path: 'b.txt', chunks: 1, worthy: 0, unworthy: 0, undecided: 0, notRun: 1, rows: 0 },
      ],
    });
  });

  it('are put together where there are too many, the smallest', () => {
    const sum = new SourceSum();
    for (let index = 0; index < 60; index += 1) {
      for (let chunk = 0; chunk <= index % 2; chunk += 1) sum.add(archived(`${String(index).padStart(2, '0')}.txt`));
    }
    const { shown, others } = sum.figures;
    expect(shown).toHaveLength(40);
    expect(shown.map(({ path }) => path)).toEqual(shown.map(({ path }) => path).toSorted());
    expect(others).toMatchObject({ sources: 20, chunks: 20, notRun: 20 });
  });
});

describe('what came out', () => {
  const add = (sum: OutputSum, record: ChunkRecord, chunk = SAMPLE_CHUNK.id) =>
    sum.add(archived('canals.txt', chunk), { ...record, chunk });

  it('is counted in rows, pairs, turns and tokens', () => {
    const sum = new OutputSum('You are a helpful assistant.');
    add(sum, sampleRecord({ conversations: [sampleConversation(1, [1, 2]), sampleRolePlay(2, [1])] }));
    const { output, samples } = sum.figures;
    expect(output).toMatchObject({ rows: 2, pairs: 2, turns: 8, tokens: { measured: 2 } });
    expect(output.tokens.bins.reduce((rows, bin) => rows + bin.rows, 0)).toBe(2);
    expect(output.tokens.total).toBe(Math.round(2 * output.tokens.mean));
    const rolePlay = samples.find(({ id }) => id.endsWith('/c2'));
    expect(rolePlay).toMatchObject({ textname: 'Canals', heading: 'The gates', paragraph: SAMPLE_CHUNK.text });
    expect(rolePlay?.system).toContain('Backstory: thirty years');
    expect(rolePlay?.turns.map(({ answers, speaker }) => [answers, speaker])).toEqual([
      [true, 'Mara Lindholm'],
      [false, 'Tom Reyes'],
      [true, 'Mara Lindholm'],
    ]);
  });

  it('keeps the same few samples in whatever order chunks come', () => {
    const chunks = Array.from({ length: 40 }, (_, index) => `canals-0a1b2c-${String(index).padStart(5, '0')}-01234567`);
    const of = (order: string[]) => {
      const sum = new OutputSum('');
      for (const chunk of order) add(sum, sampleRecord(), chunk);
      return sum.figures.samples.map(({ id }) => id);
    };
    const ids = of(chunks);
    expect(ids).toHaveLength(12);
    expect(of(chunks.toReversed())).toEqual(ids);
  });

  it('cuts what is too long for a page', () => {
    const sum = new OutputSum('');
    const turns = Array.from({ length: 99 }, () => ({ speaker: 'User', text: 'y'.repeat(9_999) }));
    add(
      sum,
      sampleRecord({ conversations: [{ ...sampleConversation(1, [1]), conversation: { answerer: 'x', turns } }] }),
    );
    expect(JSON.stringify(sum.figures.samples).length).toBeLessThan(40_000);
  });
});

describe('calls over time', () => {
  const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 20, 0, 0) + seconds * 1_000).toISOString();

  it('are in flight for as long as they took', () => {
    const sum = new TimelineSum();
    sum.add({ at: at(0), latencyMs: 2_500 });
    sum.add({ at: at(0.5), latencyMs: 1_000 });
    expect(sum.figures).toEqual({
      binSeconds: 1,
      parts: [{ startedAt: at(0), inFlight: [1.5, 1.5, 0.5], answered: [0, 1, 1], failed: [0, 0, 0] }],
    });
  });

  it('leave out the time in which nobody was at work, but not a short pause', () => {
    const sum = new TimelineSum();
    for (const second of [0, 3, 3_600]) sum.add({ at: at(second), latencyMs: 1_000 });
    const { parts } = sum.figures;
    expect(parts.map(({ startedAt, inFlight }) => [startedAt, inFlight])).toEqual([
      [at(0), [1, 0, 0, 1, 0]],
      [at(3_600), [1, 0]],
    ]);
  });

  it('are told in wider bins where there is much to tell, without losing any', () => {
    const sum = new TimelineSum();
    for (let second = 0; second < 40_000; second += 4) sum.add({ at: at(second), latencyMs: 3_000 });
    const { binSeconds, parts } = sum.figures;
    const answered = parts.flatMap((part) => part.answered);
    expect(binSeconds).toBeGreaterThan(100);
    expect(answered.length).toBeLessThanOrEqual(300);
    expect(answered.reduce((total, count) => total + count, 0)).toBe(10_000);
  });

  it('have those that failed beside them', () => {
    const sum = new TimelineSum();
    sum.add({ at: at(0), latencyMs: 50_000 });
    const bin = Math.floor(Date.parse(at(0)) / 60_000);
    sum.addFaults({ binMs: 60_000, counts: { [bin]: 7 } });
    expect(sum.figures.parts.flatMap(({ failed }) => failed).reduce((total, count) => total + count, 0)).toBe(7);
  });

  it('are nothing where there was no call, and pass over a time that is none', () => {
    const sum = new TimelineSum();
    sum.add({ at: 'yesterday', latencyMs: 5 });
    expect(sum.figures).toEqual({ binSeconds: 1, parts: [] });
  });
});
