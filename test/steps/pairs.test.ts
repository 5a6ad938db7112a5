import { generateQuestions } from '../../src/steps/generate-questions.js';
import { regenerateQuestion } from '../../src/steps/regenerate-question.js';
import { replyCases } from './reply-cases.js';
import { stepContext } from '../support/step-context.js';

const CONTEXT = stepContext();

describe('generate-questions', () => {
  const read = (reply: string) => generateQuestions.parse(reply, {}, CONTEXT);
  const cases = replyCases('generate-questions');

  it.each(cases.filter(({ pairs }) => pairs !== undefined))('reads: $name', ({ reply, pairs }) => {
    expect(read(reply)).toEqual({ ok: true, value: pairs });
  });

  it.each(cases.filter(({ questions }) => questions !== undefined))('reads: $name', ({ reply, questions = [] }) => {
    const pairs = questions.map((question) => ({ question, answer: expect.stringMatching(/^\p{Lu}.*\.$/u) }));
    expect(read(reply)).toEqual({ ok: true, value: pairs });
  });

  it.each(cases.filter(({ unusable }) => unusable !== undefined))('refuses: $name', ({ reply, unusable = '' }) => {
    expect(read(reply)).toEqual({ ok: false, reason: expect.stringContaining(unusable) });
    expect(read(reply)).toEqual({ ok: false, reason: expect.stringContaining('"1. Question: ..."') });
  });
});

describe('regenerate-question', () => {
  const rejected = [
    { pair: { question: 'How deep is the Aller well?', answer: 'It is 50 metres deep.' }, reasons: ['No.'] },
  ];
  const read = (reply: string) =>
    regenerateQuestion.parse(reply, { siblings: ['Who dug the Aller well?'], rejected }, CONTEXT);
  const cases = replyCases('regenerate-question');

  it.each(cases.filter(({ pair }) => pair !== undefined))('reads: $name', ({ reply, pair }) => {
    expect(read(reply)).toEqual({ ok: true, value: pair });
  });

  it.each(cases.filter(({ unusable }) => unusable !== undefined))('refuses: $name', ({ reply, unusable = '' }) => {
    expect(read(reply)).toEqual({ ok: false, reason: expect.stringContaining(unusable) });
    expect(read(reply)).toEqual({ ok: false, reason: expect.stringContaining('"Question: ..."') });
  });
});
