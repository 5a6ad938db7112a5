import type { PipelineSettings } from '../run-context.js';
import { checkAnswerAccuracy } from '../steps/check-answer-accuracy.js';
import { checkAnswerRelevancy } from '../steps/check-answer-relevancy.js';
import { checkQuestion } from '../steps/check-question.js';
import { generateQuestions } from '../steps/generate-questions.js';
import { judgeParagraph } from '../steps/judge-paragraph.js';
import { planCharacter } from '../steps/plan-character.js';
import { planScenario } from '../steps/plan-scenario.js';
import { regenerateQuestion } from '../steps/regenerate-question.js';
import { reviseContext } from '../steps/revise-context.js';
import { writeAssistantConversation } from '../steps/write-assistant-conversation.js';
import { writeCharacter } from '../steps/write-character.js';
import { writeConversation } from '../steps/write-conversation.js';
import { writeScenario } from '../steps/write-scenario.js';
import { nextRound, voteOutcome } from '../votes.js';

/** How a model is taken to answer. Shares are from 0 to 1. */
export interface ModelConduct {
  /** Questions it writes about a chunk. */
  questions: number;
  /** Of votes, those for the question. */
  yes: number;
  /** Of revised pairs, those that stay. */
  kept: number;
  /** Of answers, those that cannot be used and are asked for again. */
  unusable: number;
  /** Of conversations, those that fail their checks and are written once more. */
  faulty: number;
}

/** Calls of each step that a chunk takes on average, by the steps' names. */
export type ExpectedCalls = Readonly<Record<string, number>>;

/** Of a chunk that the judge finds unsuitable. */
export function expectedJudgeCalls({ unusable }: Pick<ModelConduct, 'unusable'>): ExpectedCalls {
  return { [judgeParagraph.name]: 1 / (1 - unusable) };
}

/**
 * Of a chunk that it finds suitable. A question's checks are held in order, each as a vote in rounds (`votes.ts`); one
 * that fails is written anew and starts over, up to QUESTION_VERSIONS times.
 */
export function expectedCalls(settings: PipelineSettings, conduct: ModelConduct): ExpectedCalls {
  const { questions, unusable } = conduct;
  const vetting = expectVetting(settings, conduct.yes);
  const pairs = questions * vetting.accepted;
  const perQuestion = Object.entries(vetting.calls).map(([step, calls]) => [step, questions * calls] as const);
  const calls: Record<string, number> = {
    [judgeParagraph.name]: 1,
    [generateQuestions.name]: 1,
    ...Object.fromEntries(perQuestion),
    [reviseContext.name]: pairs,
    ...expectConversations(settings, pairs * conduct.kept, conduct.faulty),
  };
  return Object.fromEntries(Object.entries(calls).map(([step, count]) => [step, count / (1 - unusable)]));
}

/** Of one question: calls by step, and how likely it is accepted in the end. */
function expectVetting(
  { doubleCheckCounter: places, questionVersions }: PipelineSettings,
  yes: number,
): { accepted: number; calls: Record<string, number> } {
  if (places === 0) return { accepted: 1, calls: {} };
  const { votes, passes } = expectVote(places, yes);
  const accepted = passes ** 3;
  let versions = 0;
  for (let version = 0; version < questionVersions; version += 1) versions += (1 - accepted) ** version;
  return {
    accepted: 1 - (1 - accepted) ** questionVersions,
    calls: {
      [checkQuestion.name]: versions * votes,
      [checkAnswerRelevancy.name]: versions * votes * passes,
      [checkAnswerAccuracy.name]: versions * votes * passes ** 2,
      [regenerateQuestion.name]: versions - 1,
    },
  };
}

/** Votes that are asked for, and how likely yes wins, where each says yes with this likelihood. */
export function expectVote(places: number, yes: number): { votes: number; passes: number } {
  const expect = (ayes: number, noes: number): { votes: number; passes: number } => {
    const tally = { places, yes: ayes, no: noes, spoilt: 0 };
    const outcome = voteOutcome(tally);
    if (outcome !== undefined) return { votes: 0, passes: outcome === 'passed' ? 1 : 0 };
    const round = nextRound(tally);
    const sum = { votes: round, passes: 0 };
    for (let more = 0; more <= round; more += 1) {
      const likelihood = binomial(round, more) * yes ** more * (1 - yes) ** (round - more);
      const rest = expect(ayes + more, noes + round - more);
      sum.votes += likelihood * rest.votes;
      sum.passes += likelihood * rest.passes;
    }
    return sum;
  };
  return expect(0, 0);
}

function binomial(n: number, k: number): number {
  let ways = 1;
  for (let index = 1; index <= k; index += 1) ways = (ways * (n - k + index)) / index;
  return ways;
}

function expectConversations(
  { until, assistantMode, rearrangements, conversationAttempts }: PipelineSettings,
  pairs: number,
  faulty: number,
): Record<string, number> {
  const count = until === 'pairs' || pairs < 0.5 ? 0 : Math.min(rearrangements, factorial(Math.round(pairs)));
  if (count === 0) return {};
  let attempts = 0;
  for (let attempt = 0; attempt < conversationAttempts; attempt += 1) attempts += faulty ** attempt;
  if (assistantMode) return { [writeAssistantConversation.name]: count * attempts };
  const scene = [planCharacter, writeCharacter, planScenario, writeScenario].map(({ name }) => [name, count] as const);
  return { ...Object.fromEntries(scene), [writeConversation.name]: count * attempts };
}

/** Large ones are all the same here: no run takes so many orders. */
function factorial(n: number): number {
  return n <= 1 ? 1 : n > 12 ? Infinity : n * factorial(n - 1);
}
