import { checkAnswerAccuracy } from '../../src/steps/check-answer-accuracy.js';
import { checkAnswerRelevancy } from '../../src/steps/check-answer-relevancy.js';
import { checkQuestion } from '../../src/steps/check-question.js';
import { judgeParagraph } from '../../src/steps/judge-paragraph.js';
import { replyCases } from './reply-cases.js';
import { stepContext } from '../support/step-context.js';

const CONTEXT = stepContext({ text: 'The bridge stands on seven arches.' });
const PAIR = { question: 'How many arches has the bridge?', answer: 'It has seven.' };

const READERS = {
  [judgeParagraph.name]: (reply: string) => judgeParagraph.parse(reply, {}, CONTEXT),
  [checkQuestion.name]: (reply: string) => checkQuestion.parse(reply, PAIR, CONTEXT),
  [checkAnswerRelevancy.name]: (reply: string) => checkAnswerRelevancy.parse(reply, PAIR, CONTEXT),
  [checkAnswerAccuracy.name]: (reply: string) => checkAnswerAccuracy.parse(reply, PAIR, CONTEXT),
};

describe.each(Object.entries(READERS))('%s', (step, read) => {
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
  const parsed = checkQuestion.parse(`- ${'a'.repeat(997)}🐝${'b'.repeat(50)}\nVerdict: RELEVANT`, PAIR, CONTEXT);
  expect(parsed).toEqual({ ok: true, value: { verdict: 'relevant', reason: `- ${'a'.repeat(997)}` } });
});
