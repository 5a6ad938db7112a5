import { replyCases } from './reply-cases.js';
import { STEP_READERS } from './step-readers.js';

describe('generate-questions', () => {
  const read = STEP_READERS['generate-questions'];
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
  const read = STEP_READERS['regenerate-question'];
  const cases = replyCases('regenerate-question');

  it.each(cases.filter(({ pair }) => pair !== undefined))('reads: $name', ({ reply, pair }) => {
    expect(read(reply)).toEqual({ ok: true, value: pair });
  });

  it.each(cases.filter(({ unusable }) => unusable !== undefined))('refuses: $name', ({ reply, unusable = '' }) => {
    expect(read(reply)).toEqual({ ok: false, reason: expect.stringContaining(unusable) });
    expect(read(reply)).toEqual({ ok: false, reason: expect.stringContaining('"Question: ..."') });
  });
});
