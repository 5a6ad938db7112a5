import { countTokens } from '../ingest/tokens.js';
import {
  expectedCalls,
  expectedJudgeCalls,
  type ExpectedCalls,
  type ModelConduct,
} from '../planning/expected-calls.js';
import type { PlannedPrompt, RunPlan } from '../planning/run-plan.js';
import { PLACEHOLDER } from '../prompting/render-prompt.js';
import { findStep } from '../steps/index.js';
import { ANSWER_TOKENS, CONDUCT, TOKENS_OF_A_MESSAGE, VARIABLE_TOKENS } from './assumptions.js';
import type { StepUse } from './measured-chunks.js';

/** What a chunk of each kind takes, where a model is taken to behave so. Nothing is taken to come from a provider's cache. */
export function assumeUses(
  plan: RunPlan,
  conduct: ModelConduct,
  textTokens: number,
): { worthy: StepUse[]; unworthy: StepUse[] } {
  const useOf = (calls: ExpectedCalls) =>
    Object.entries(calls)
      .filter(([, count]) => count > 0)
      .map(([step, count]) => assumeUse(plan, step, count, textTokens));
  return {
    worthy: useOf(expectedCalls(plan.settings, conduct)),
    unworthy: useOf(expectedJudgeCalls(conduct)),
  };
}

function assumeUse({ prompts, models }: RunPlan, step: string, calls: number, textTokens: number): StepUse {
  const prompt = prompts[step];
  if (prompt === undefined) throw new Error(`the plan has no prompt for ${step}`);
  return {
    step,
    model: models[findStep(step).role],
    calls,
    prompt: calls * promptTokens(prompt, textTokens),
    cached: 0,
    completion: calls * (ANSWER_TOKENS[step] ?? 0),
    latencyMs: calls * CONDUCT.likely.seconds * 1_000,
  };
}

/** The prompt's own words counted, and what is put in for its placeholders added. */
function promptTokens({ messages }: PlannedPrompt, textTokens: number): number {
  return messages.reduce((sum, { content }) => {
    const names = [...content.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
    const values = names.reduce((all, name) => all + (name === 'text' ? textTokens : (VARIABLE_TOKENS[name] ?? 0)), 0);
    return sum + countTokens(content.replaceAll(PLACEHOLDER, '')) + values + TOKENS_OF_A_MESSAGE;
  }, 0);
}
