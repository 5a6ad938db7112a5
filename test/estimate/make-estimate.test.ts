import { describeEstimate } from '../../src/estimate/describe-estimate.js';
import type { EstimateInput } from '../../src/estimate/estimate-data.js';
import { makeEstimate } from '../../src/estimate/make-estimate.js';
import type { MeasuredChunk } from '../../src/estimate/measured-chunks.js';
import { seededRandom } from '../../src/random.js';
import { STEPS } from '../../src/steps/index.js';
import { SAMPLE_PLAN } from '../support/sample-plan.js';

const PROMPT = { hash: 'f00d', messages: [{ role: 'user' as const, content: 'Do it: {text} {question}' }] };
const PLAN = { ...SAMPLE_PLAN, prompts: Object.fromEntries(STEPS.map(({ name }) => [name, PROMPT])) };
const PRICES = { rehearsal: { INPUT: 1, OUTPUT: 4 }, 'rehearsal-large': { INPUT: 10, OUTPUT: 40 } };
const LIMITS = { concurrency: 10, requestsPerMinute: 0, tokensPerMinute: 0, oneQueue: false };

function inputOf(count: number, more: Partial<EstimateInput> = {}): EstimateInput {
  const chunks = Array.from({ length: count }, (_, index) => ({
    id: `canals-0a1b2c-${String(index + 1).padStart(5, '0')}-01234567`,
    document: index % 2 === 0 ? 'canals' : 'weirs',
    fingerprint: '',
    tokens: 300 + (index % 5) * 40,
  }));
  return { plan: PLAN, chunks, measured: [], prices: PRICES, limits: LIMITS, ...more };
}

/** A chunk that took what chunks take, with some noise. */
function measure(chunk: EstimateInput['chunks'][number], random: () => number, worthy = 0.9): MeasuredChunk {
  const isWorthy = random() < worthy;
  const calls = isWorthy ? 24 + Math.floor(random() * 12) : 0;
  const judge = { step: 'judge-paragraph', model: 'rehearsal', calls: 1, prompt: 400 + chunk.tokens, cached: 300 };
  const check = { step: 'check-question', model: 'rehearsal', calls, prompt: calls * (500 + chunk.tokens), cached: 0 };
  const uses = [
    { ...judge, completion: 60, latencyMs: 900 },
    { ...check, completion: calls * 70, latencyMs: calls * 1_000 },
  ];
  return { id: chunk.id, tokens: chunk.tokens, isWorthy, uses: isWorthy ? uses : uses.slice(0, 1) };
}

const tokensOf = (chunks: readonly MeasuredChunk[]) =>
  chunks.flatMap(({ uses }) => uses).reduce((sum, { prompt, completion }) => sum + prompt + completion, 0);

describe('an estimate without anything measured', () => {
  const estimate = makeEstimate(inputOf(100));

  it('is a range around what is assumed', () => {
    expect(estimate).toMatchObject({ basis: 'assumed', chunks: { all: 100, documents: 2, measured: 0 } });
    for (const { low, likely, high } of [estimate.calls, estimate.tokens, estimate.seconds, estimate.worthy]) {
      expect([low < likely, likely < high]).toEqual([true, true]);
    }
    expect(estimate.paid.calls).toBe(0);
    expect(estimate.assumptions[0]).toContain('Nothing was measured yet');
  });

  it('counts the prompts in force and the texts', () => {
    const judge = estimate.steps.find(({ name }) => name === 'judge-paragraph');
    const perCall = (judge?.prompt ?? 0) / (judge?.calls ?? 1);
    // Its text of 380 tokens on average, a question of 20, its own few words, and the message's frame.
    expect(perCall).toBeGreaterThan(400);
    expect(perCall).toBeLessThan(420);
    expect(estimate.steps.map(({ name }) => name)).toEqual([
      'judge-paragraph',
      'generate-questions',
      'check-question',
      'check-answer-relevancy',
      'check-answer-accuracy',
      'regenerate-question',
      'revise-context',
      'write-assistant-conversation',
    ]);
  });

  it('keeps to what was measured where no chunk so far was worthy', () => {
    const input = inputOf(100);
    const measured = input.chunks.slice(0, 12).map((chunk) => measure(chunk, () => 0.5, 0));
    const { basis, chunks, worthy, total, paid, assumptions } = makeEstimate({ ...input, measured });
    expect({ basis, measured: chunks.measured, paid: paid.calls }).toEqual({
      basis: 'assumed',
      measured: 12,
      paid: 12,
    });
    // As if 0.88 had been seen in four more: 22 % of the other 88.
    expect(worthy.likely).toBeCloseTo(88 * 0.22, 6);
    expect(total.calls).toBeLessThan(0.4 * estimate.total.calls);
    expect(assumptions[0]).toContain('Of 12 chunks done with these settings none was worthy of questions');
    const all = input.chunks.map((chunk) => measure(chunk, () => 0.5, 0));
    expect(makeEstimate({ ...input, measured: all }).calls).toEqual({ low: 100, likely: 100, high: 100 });
  });

  it('is nothing of nothing', () => {
    expect(makeEstimate(inputOf(0))).toMatchObject({ calls: { high: 0 }, tokens: { high: 0 }, seconds: { high: 0 } });
  });

  it('sums up steps and models to the same', () => {
    for (const lines of [estimate.steps, estimate.models]) {
      const sum = lines.reduce(
        (total, { calls, cost = 0 }) => ({ calls: total.calls + calls, cost: total.cost + cost }),
        { calls: 0, cost: 0 },
      );
      expect(sum.calls).toBeCloseTo(estimate.total.calls, 6);
      expect(sum.cost).toBeCloseTo(estimate.total.cost ?? 0, 9);
    }
  });
});

describe('an estimate from chunks that are done', () => {
  it('is what was paid where all are', () => {
    const random = seededRandom('all');
    const input = inputOf(20);
    const measured = input.chunks.map((chunk) => measure(chunk, random));
    const { tokens, calls, paid } = makeEstimate({ ...input, measured });
    expect(tokens).toEqual({ low: tokensOf(measured), likely: tokensOf(measured), high: tokensOf(measured) });
    expect(calls.likely).toBe(paid.calls);
  });

  it('from 10 of 200 is mostly within 15 % of the truth, and the range holds it as often as it says', () => {
    let [near, held] = [0, 0];
    for (let seed = 1; seed <= 100; seed += 1) {
      const random = seededRandom('truth', seed);
      const input = inputOf(200);
      const all = input.chunks.map((chunk) => measure(chunk, random));
      const measured = all.filter((_, index) => index % 20 === seed % 20);
      const { tokens } = makeEstimate({ ...input, measured });
      const truth = tokensOf(all);
      if (Math.abs(tokens.likely / truth - 1) <= 0.15) near += 1;
      if (tokens.low <= truth && truth <= tokens.high) held += 1;
    }
    expect(near).toBeGreaterThanOrEqual(85);
    expect(held).toBeGreaterThanOrEqual(70);
  });

  it('allows for texts that are longer than those measured', () => {
    const random = seededRandom('long');
    const input = inputOf(100);
    const measured = input.chunks.slice(0, 10).map((chunk) => measure({ ...chunk, tokens: 300 }, random, 1));
    const short = makeEstimate({
      ...input,
      chunks: input.chunks.map((chunk) => ({ ...chunk, tokens: 300 })),
      measured,
    });
    const long = makeEstimate({ ...input, chunks: input.chunks.map((chunk) => ({ ...chunk, tokens: 400 })), measured });
    const calls = short.total.calls * 0.9;
    expect((long.total.prompt - short.total.prompt) / calls).toBeCloseTo(100, -1);
  });

  it('rests on assumptions while no chunk gave questions', () => {
    const input = inputOf(10);
    const measured = input.chunks.slice(0, 2).map((chunk) => measure(chunk, () => 0.99));
    expect(makeEstimate({ ...input, measured })).toMatchObject({ basis: 'assumed', paid: { calls: 2 } });
  });
});

describe('the time', () => {
  const seconds = (limits: Partial<typeof LIMITS>) =>
    makeEstimate(inputOf(100, { limits: { ...LIMITS, ...limits } })).seconds.likely;

  it('is what the tightest limit makes it', () => {
    const { calls, tokens } = makeEstimate(inputOf(100));
    expect(seconds({ concurrency: 20 })).toBeCloseTo(seconds({}) / 2, 0);
    expect(seconds({ oneQueue: true, requestsPerMinute: 60 })).toBeCloseTo(calls.likely, 0);
    expect(seconds({ oneQueue: true, tokensPerMinute: 60_000 })).toBeCloseTo(tokens.likely / 1_000, 0);
  });

  it('is never shorter than the calls of one chunk in a row', () => {
    expect(makeEstimate(inputOf(1, { limits: { ...LIMITS, concurrency: 500 } })).seconds.likely).toBeCloseTo(40, 6);
  });
});

describe('for people', () => {
  it('says what it is about, and never more digits than are known', () => {
    const lines = describeEstimate(makeEstimate(inputOf(1_000)), 100);
    expect(lines[0]).toMatch(/^1,000 chunks from 2 texts; about 880 worthy of questions$/);
    expect(lines.join('\n')).toMatch(/Money {4}about \d+\.\d\d \(/);
    expect(lines.find((line) => line.startsWith('Calls'))).toMatch(/about \d\d,\d00 \(\d\d,\d00 to \d\d,\d00\)/);
  });

  it('says which model has no price', () => {
    const some = describeEstimate(makeEstimate(inputOf(10, { prices: { rehearsal: { INPUT: 1, OUTPUT: 4 } } })), 100);
    expect(some.join('\n')).toContain('Not all money is counted: rehearsal-large has no price.');
    const none = describeEstimate(makeEstimate(inputOf(10, { prices: {} })), 100).join('\n');
    expect(none).toContain('No money is counted: rehearsal and rehearsal-large have no price.');
    expect(none).not.toContain('Money  ');
  });
});
