import { JSON_FORM, YAML_FORM, type PromptForm } from './prompt-forms.js';

/** A name under which the prompt of a step may lie in a folder. */
export interface PromptName {
  name: string;
  form: PromptForm;
  /** `other`: Augmentoolkit's name for the other value of USE_FILENAMES. */
  kind: 'ours' | 'reference' | 'other';
}

/** What Augmentoolkit calls the prompts of our steps; some come in two files, with and without title and author. */
const REFERENCE_NAMES: Readonly<Record<string, { base: string; twofold: boolean }>> = {
  'judge-paragraph': { base: 'judge_paragraph', twofold: true },
  'generate-questions': { base: 'qatuples_gen', twofold: true },
  'check-question': { base: 'check_question', twofold: false },
  'check-answer-relevancy': { base: 'check_answer_relevancy_with_text', twofold: false },
  'check-answer-accuracy': { base: 'check_answer', twofold: false },
  'regenerate-question': { base: 'new_q_gen', twofold: true },
  'revise-context': { base: 'check_qatuple_context', twofold: true },
  'plan-character': { base: 'create_character_card_plan', twofold: true },
  'write-character': { base: 'create_character_card', twofold: true },
  'plan-scenario': { base: 'create_scenario_plan', twofold: false },
  'write-scenario': { base: 'create_scenario', twofold: false },
  'write-conversation': { base: 'multi_turn_conversation', twofold: false },
  'write-assistant-conversation': { base: 'multi_turn_assistant_conversation', twofold: false },
};

/** The steps whose prompts have a name in Augmentoolkit, too. */
export const NAMED_STEPS: readonly string[] = Object.keys(REFERENCE_NAMES);

/** The names of a step's prompt, in the order in which they are looked for in each folder. */
export function promptNames(step: string, useFilenames: boolean): PromptName[] {
  const [usual, other] = referenceStems(step, useFilenames);
  return [
    ...[YAML_FORM, JSON_FORM].map((form) => ({ name: step + form.extension, form, kind: 'ours' as const })),
    ...referenceName(usual, 'reference'),
    ...referenceName(other, 'other'),
  ];
}

function referenceName(stem: string | undefined, kind: 'reference' | 'other'): PromptName[] {
  return stem === undefined ? [] : [{ name: stem + JSON_FORM.extension, form: JSON_FORM, kind }];
}

/** Augmentoolkit's name without extension for this value of USE_FILENAMES, then the one for the other, if any. */
function referenceStems(step: string, useFilenames: boolean): string[] {
  const reference = REFERENCE_NAMES[step];
  if (reference === undefined) return [];
  const { base, twofold } = reference;
  if (!twofold) return [base];
  const stems = [`${base}_filenames`, `${base}_no_filenames`];
  return useFilenames ? stems : stems.toReversed();
}
