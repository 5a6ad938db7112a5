import { replyCases } from './reply-cases.js';
import { STEP_READERS } from './step-readers.js';

const STEPS = ['judge-paragraph', 'check-question', 'check-answer-relevancy', 'check-answer-accuracy'] as const;

describe.each(STEPS)('%s', (step) => {
  const read = STEP_READERS[step];
  const cases = replyCases(step);

  it.each(cases.filter(({ verdict }) => verdict !== undefined))('reads: $name', ({ reply, verdict, reason }) => {
    expect(read(reply)).toMatchObject({ ok: true, value: { verdict, ...(reason !== undefined && { reason }) } });
  });

  it.each(cases.filter(({ unusable }) => unusable !== undefined))('refuses: $name', ({ reply, unusable }) => {
    expect(read(reply)).toEqual({ ok: false, reason: expect.stringContaining(unusable ?? '') });
    expect(read(reply)).toEqual({
      ok: false,
      reason: expect.stringMatching(/last line: "Verdict: [A-Z]+" or "Verdict: [A-Z]+"/),
    });
  });
});

it('cuts the reason of a vote at 1,000 characters without halving one', () => {
  const parsed = STEP_READERS['check-question'](`- ${'a'.repeat(997)}🐝${'b'.repeat(50)}\nVerdict: RELEVANT`);
  expect(parsed).toEqual({ ok: true, value: { verdict: 'relevant', reason: `- ${'a'.repeat(997)}` } });
});
