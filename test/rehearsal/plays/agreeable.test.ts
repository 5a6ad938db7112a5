import { findDuplicate } from '../../../src/checks/duplicates.js';
import type { Pair } from '../../../src/records.js';
import { checkAnswerAccuracy } from '../../../src/steps/check-answer-accuracy.js';
import { checkAnswerRelevancy } from '../../../src/steps/check-answer-relevancy.js';
import { checkQuestion } from '../../../src/steps/check-question.js';
import { generateQuestions } from '../../../src/steps/generate-questions.js';
import { judgeParagraph } from '../../../src/steps/judge-paragraph.js';
import { regenerateQuestion } from '../../../src/steps/regenerate-question.js';
import { reviseContext } from '../../../src/steps/revise-context.js';
import { writeAssistantConversation } from '../../../src/steps/write-assistant-conversation.js';
import type { Parsed } from '../../../src/steps/step.js';
import { ODD_TEXTS } from '../odd-texts.js';
import { sampleReply } from '../sample-replies.js';
import { stepContext } from '../../support/step-context.js';

const TEXTS = Object.entries(ODD_TEXTS);

function valueOf<Value>(parsed: Parsed<Value>): Value {
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

function generate(text: string): Pair[] {
  const { text: reply } = sampleReply('generate-questions', 'generate', { text });
  return valueOf(generateQuestions.parse(reply, {}, stepContext({ text })));
}

describe.each(TEXTS)('from %s, the agreeable model', (_name, text) => {
  const context = stepContext({ text });

  it('writes four pairs, no two alike', () => {
    const pairs = generate(text);
    expect(pairs).toHaveLength(4);
    const questions = pairs.map(({ question }) => question);
    questions.forEach((question, index) => expect(findDuplicate(question, questions.slice(0, index))).toBeUndefined());
    expect(new Set(pairs.map(({ answer }) => answer)).size).toBe(4);
  });

  it('finds the chunk suitable and every check passed', () => {
    const [pair = { question: '', answer: '' }] = generate(text);
    const judged = sampleReply('judge-paragraph', 'judge', { text }).text;
    expect(judgeParagraph.parse(judged, {}, context)).toMatchObject({ value: { verdict: 'suitable' } });
    for (const step of [checkQuestion, checkAnswerRelevancy, checkAnswerAccuracy]) {
      for (let vote = 1; vote <= 5; vote += 1) {
        const reply = sampleReply(step.name, `q1.v1.check.${vote}`, { text, pair }).text;
        expect(step.parse(reply, pair, context)).toMatchObject({ ok: true, value: { verdict: step.yes } });
      }
    }
  });

  it('passes every pair in revision', () => {
    for (const pair of generate(text)) {
      const reply = sampleReply('revise-context', 'q1.revise', { pair }).text;
      expect(reviseContext.parse(reply, pair, context)).toMatchObject({ value: { verdict: 'pass' } });
    }
  });

  it('writes conversations that pass the mechanical checks, in any order', () => {
    const pairs = generate(text);
    for (const [index, order] of [pairs, pairs.toReversed(), pairs.slice(2), pairs.slice(3)].entries()) {
      const reply = sampleReply('write-assistant-conversation', `c${index}.conversation`, { pairs: order }).text;
      const { turns } = valueOf(writeAssistantConversation.parse(reply, { pairs: order }, context));
      const answers = turns.filter(({ speaker }) => speaker === 'AI Assistant').map((turn) => turn.text);
      expect(answers.slice(-order.length)).toEqual(order.map(({ answer }) => answer));
    }
  });

  it('writes a new pair that is none of the old ones', () => {
    const pairs = generate(text);
    const [old = { question: '', answer: '' }, ...siblings] = pairs;
    const taken = siblings.map(({ question }) => question);
    const rejected = [{ pair: old, reasons: ['It asks for more than is stated.'] }];
    const reply = sampleReply('regenerate-question', 'q1.v2.regenerate', { text, taken, rejected }).text;
    const pair = valueOf(regenerateQuestion.parse(reply, { siblings: taken, rejected }, context));
    expect(findDuplicate(pair.question, [...taken, old.question])).toBeUndefined();
  });
});
