import type { Pair } from '../../../src/records.js';
import { checkAnswerAccuracy } from '../../../src/steps/check-answer-accuracy.js';
import { checkAnswerRelevancy } from '../../../src/steps/check-answer-relevancy.js';
import { checkQuestion } from '../../../src/steps/check-question.js';
import { generateQuestions } from '../../../src/steps/generate-questions.js';
import { judgeParagraph } from '../../../src/steps/judge-paragraph.js';
import { planCharacter } from '../../../src/steps/plan-character.js';
import { planScenario } from '../../../src/steps/plan-scenario.js';
import { regenerateQuestion } from '../../../src/steps/regenerate-question.js';
import { reviseContext } from '../../../src/steps/revise-context.js';
import { writeAssistantConversation } from '../../../src/steps/write-assistant-conversation.js';
import { writeCharacter } from '../../../src/steps/write-character.js';
import { writeConversation } from '../../../src/steps/write-conversation.js';
import { writeScenario } from '../../../src/steps/write-scenario.js';
import { renderScenario } from '../../../src/steps/reading/scenario.js';
import type { Parsed } from '../../../src/steps/step.js';
import type { ProfileName } from '../../../src/rehearsal/profiles.js';
import { ODD_TEXTS } from '../odd-texts.js';
import { sampleReply } from '../sample-replies.js';
import type { ReplySettings } from '../sample-replies.js';
import { stepContext } from '../../support/step-context.js';

const TEXT = ODD_TEXTS['prose'] ?? '';
const CONTEXT = stepContext({ text: TEXT });
const PAIRS: Pair[] = [
  {
    question: 'How much honey does a colony need in winter?',
    answer: 'A colony needs about twenty kilograms of honey.',
  },
  { question: 'How often is the hive inspected?', answer: 'In spring the keeper looks into the hive every 9 days.' },
  { question: 'When do young queens fly?', answer: 'They fly only once, on a warm afternoon in May.' },
];
const [PAIR = { question: '', answer: '' }] = PAIRS;
const CHARACTER = { name: 'Ida Moor', card: 'Name: Ida Moor\nDialogue Examples:\nStranger: "So?"\nIda Moor: "So."' };
const SCENARIO = { text: 'Ida Moor mends a net when Ben Low comes in.', secondCharacter: 'Ben Low' };
const PLAN = '- Name: Ida Moor';
const TRAITS = 'Occupation: diver';

/** Each step as it is called in a run: what the model is asked, and what the parser makes of the reply. */
const ASKED: Record<string, (call: number, settings: ReplySettings) => { reply: string; parsed: Parsed<unknown> }> = {
  'judge-paragraph': (call, settings) => {
    const reply = sampleReply('judge-paragraph', `judge@${call}`, { text: TEXT }, settings).text;
    return { reply, parsed: judgeParagraph.parse(reply, {}, CONTEXT) };
  },
  'generate-questions': (call, settings) => {
    const reply = sampleReply('generate-questions', `generate@${call}`, { text: TEXT }, settings).text;
    return { reply, parsed: generateQuestions.parse(reply, {}, CONTEXT) };
  },
  'check-question': (call, settings) => {
    const reply = sampleReply('check-question', `q1.v1.question.${call}`, { text: TEXT, pair: PAIR }, settings).text;
    return { reply, parsed: checkQuestion.parse(reply, PAIR, CONTEXT) };
  },
  'check-answer-relevancy': (call, settings) => {
    const values = { text: TEXT, pair: PAIR };
    const reply = sampleReply('check-answer-relevancy', `q1.v1.relevancy.${call}`, values, settings).text;
    return { reply, parsed: checkAnswerRelevancy.parse(reply, PAIR, CONTEXT) };
  },
  'check-answer-accuracy': (call, settings) => {
    const values = { text: TEXT, pair: PAIR };
    const reply = sampleReply('check-answer-accuracy', `q1.v1.accuracy.${call}`, values, settings).text;
    return { reply, parsed: checkAnswerAccuracy.parse(reply, PAIR, CONTEXT) };
  },
  'regenerate-question': (call, settings) => {
    const values = { text: TEXT, taken: [], rejected: [] };
    const reply = sampleReply('regenerate-question', `q1.v2.regenerate@${call}`, values, settings).text;
    return { reply, parsed: regenerateQuestion.parse(reply, { siblings: [], rejected: [] }, CONTEXT) };
  },
  'revise-context': (call, settings) => {
    const reply = sampleReply('revise-context', `q${call}.revise`, { pair: PAIR }, settings).text;
    return { reply, parsed: reviseContext.parse(reply, PAIR, CONTEXT) };
  },
  'write-assistant-conversation': (call, settings) => {
    const reply = sampleReply('write-assistant-conversation', `c${call}.conversation`, { pairs: PAIRS }, settings).text;
    return { reply, parsed: writeAssistantConversation.parse(reply, { pairs: PAIRS }, CONTEXT) };
  },
  'plan-character': (call, settings) => {
    const values = { text: TEXT, pairs: PAIRS, tags: { traits: TRAITS } };
    const reply = sampleReply('plan-character', `c${call}.character-plan`, values, settings).text;
    return { reply, parsed: planCharacter.parse(reply, { pairs: PAIRS, conversation: call }, CONTEXT) };
  },
  'write-character': (call, settings) => {
    const values = { text: TEXT, tags: { traits: TRAITS, plan: PLAN } };
    const reply = sampleReply('write-character', `c${call}.character`, values, settings).text;
    return { reply, parsed: writeCharacter.parse(reply, { plan: PLAN, traits: TRAITS }, CONTEXT) };
  },
  'plan-scenario': (call, settings) => {
    const values = { pairs: PAIRS, tags: { character: CHARACTER.card } };
    const reply = sampleReply('plan-scenario', `c${call}.scenario-plan`, values, settings).text;
    return { reply, parsed: planScenario.parse(reply, { pairs: PAIRS, character: CHARACTER }, CONTEXT) };
  },
  'write-scenario': (call, settings) => {
    const values = { tags: { character: CHARACTER.card, plan: PLAN } };
    const reply = sampleReply('write-scenario', `c${call}.scenario`, values, settings).text;
    const input = { pairs: PAIRS, character: CHARACTER, plan: PLAN };
    return { reply, parsed: writeScenario.parse(reply, input, CONTEXT) };
  },
  'write-conversation': (call, settings) => {
    const scenario = renderScenario(SCENARIO);
    const values = { pairs: PAIRS, tags: { character: CHARACTER.card, scenario } };
    const reply = sampleReply('write-conversation', `c${call}.conversation`, values, settings).text;
    const input = { pairs: PAIRS, character: CHARACTER, scenario: SCENARIO, plan: PLAN };
    return { reply, parsed: writeConversation.parse(reply, input, CONTEXT) };
  },
};

function ask(step: string, call: number, settings: ReplySettings): { reply: string; parsed: Parsed<unknown> } {
  const asked = ASKED[step];
  if (asked === undefined) throw new Error(`No step ${step}`);
  return asked(call, settings);
}

const CALLS = 300;

/** The verdict where the step gives one, else `usable` or `unusable`. */
function outcomeOf(parsed: Parsed<unknown>): string {
  if (!parsed.ok) return 'unusable';
  const { value } = parsed;
  return typeof value === 'object' && value !== null && 'verdict' in value ? String(value.verdict) : 'usable';
}

/** Shares of the parsed verdicts over many calls; `unusable` is one of them. */
function shares(step: string, profile: ProfileName): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let call = 1; call <= CALLS; call += 1) {
    const { parsed } = ask(step, call, { profile });
    const word = outcomeOf(parsed);
    counts[word] = (counts[word] ?? 0) + 1 / CALLS;
  }
  return counts;
}

describe('over many calls', () => {
  it.each<[string, ProfileName, Record<string, number>]>([
    ['judge-paragraph', 'mixed', { suitable: 0.87, unsuitable: 0.1, unusable: 0.03 }],
    ['check-question', 'mixed', { relevant: 0.78, irrelevant: 0.19, unusable: 0.03 }],
    ['check-answer-relevancy', 'mixed', { relevant: 0.78, irrelevant: 0.19, unusable: 0.03 }],
    ['check-answer-accuracy', 'mixed', { accurate: 0.78, inaccurate: 0.19, unusable: 0.03 }],
    ['revise-context', 'mixed', { pass: 0.78, reword: 0.15, fail: 0.05, unusable: 0.03 }],
    ['generate-questions', 'mixed', { usable: 0.97, unusable: 0.03 }],
    ['regenerate-question', 'mixed', { usable: 0.97, unusable: 0.03 }],
    ['write-assistant-conversation', 'mixed', { usable: 0.82, unusable: 0.18 }],
    ['plan-character', 'mixed', { usable: 0.97, unusable: 0.03 }],
    ['write-character', 'mixed', { usable: 0.97, unusable: 0.03 }],
    ['plan-scenario', 'mixed', { usable: 0.97, unusable: 0.03 }],
    ['write-scenario', 'mixed', { usable: 0.97, unusable: 0.03 }],
    ['write-conversation', 'mixed', { usable: 0.82, unusable: 0.18 }],
    ['judge-paragraph', 'hostile', { suitable: 0.75, unsuitable: 0.19, unusable: 0.06 }],
    ['check-answer-accuracy', 'hostile', { accurate: 0.28, inaccurate: 0.66, unusable: 0.06 }],
    ['revise-context', 'hostile', { pass: 0.57, reword: 0.28, fail: 0.09, unusable: 0.06 }],
  ])('%s keeps the rates of %s', (step, profile, expected) => {
    const found = shares(step, profile);
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(expected).toSorted());
    for (const [word, share] of Object.entries(expected))
      expect(Math.abs((found[word] ?? 0) - share)).toBeLessThan(0.06);
  });
});

describe('garbage', () => {
  it.each(Object.keys(ASKED))('of %s is of several kinds, and none of them can be used', (step) => {
    const replies = new Set<string>();
    for (let call = 1; call <= 60; call += 1) {
      const { reply, parsed } = ask(step, call, { faults: { garbage: 1 } });
      expect({ reply, ok: parsed.ok }).toEqual({ reply, ok: false });
      replies.add(reply);
    }
    expect(replies.size).toBeGreaterThanOrEqual(3);
  });
});

describe('a rewording', () => {
  it('keeps the answer and the words of the question', () => {
    let reworded = 0;
    for (let call = 1; call <= 40; call += 1) {
      const reply = sampleReply('revise-context', `q${call}.revise`, { pair: PAIR }, { profile: 'hostile' }).text;
      const parsed = reviseContext.parse(reply, PAIR, CONTEXT);
      if (!parsed.ok || parsed.value.verdict !== 'reword') continue;
      reworded += 1;
      expect(parsed.value.pair.answer).toBe(PAIR.answer);
      expect(parsed.value.pair.question).toMatch(/^[^:]+: How much honey does a colony need in winter\?$/);
    }
    expect(reworded).toBeGreaterThan(0);
  });
});
