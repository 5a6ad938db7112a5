import type { Message } from '../call-record.js';
import type { Step, VariableUse } from '../steps/step.js';
import { PLACEHOLDER } from './render-prompt.js';

type Variables = Step<never, unknown>['variables'];

/** A variable of a step, as prompts of one form may call it. */
export interface Word {
  variable: string;
  use: VariableUse;
  /** All names it has in that form; the first is the one to tell people. */
  names: readonly [string, ...string[]];
}

/** What a step gives, in the words of one form of prompts. */
export type Vocabulary = readonly Word[];

/** The same messages with our own name in each placeholder; a name of no variable stays. */
export function translate(messages: readonly Message[], vocabulary: Vocabulary): Message[] {
  const ours = new Map(vocabulary.flatMap(({ variable, names }) => names.map((name) => [name, variable] as const)));
  return messages.map(({ role, content }) => ({
    role,
    content: content.replace(PLACEHOLDER, (_placeholder, name: string) => `{${ours.get(name) ?? name}}`),
  }));
}

/** In our own prompts, variables have their own names. */
export function ownVocabulary(variables: Variables): Vocabulary {
  return Object.entries(variables).map(([variable, use]) => ({ variable, use, names: [variable] }));
}

/** What Augmentoolkit's prompts call our variables, where that differs. */
const REFERENCE_NAMES: Readonly<Record<string, readonly string[]>> = {
  textname: ['textname', 'textdetails'],
  pairs: ['question_answer_list'],
  traits: ['special_instructions', 'instructions'],
  plan: ['plan', 'extra_info'],
  answerer: ['charname'],
};

/** Augmentoolkit gave these to no prompt, so that none can be asked to use them. */
const UNKNOWN_TO_REFERENCE: readonly string[] = ['rejected', 'siblings'];

/** In Augmentoolkit's prompts, variables have its names or ours. */
export function referenceVocabulary(variables: Variables): Vocabulary {
  return ownVocabulary(variables).map(({ variable, use }) => {
    const [first = variable, ...others] = (REFERENCE_NAMES[variable] ?? []).filter(
      (name) => name === variable || !Object.hasOwn(variables, name),
    );
    return {
      variable,
      use: UNKNOWN_TO_REFERENCE.includes(variable) ? 'optional' : use,
      names: [first, ...others, ...(first === variable ? [] : [variable])],
    };
  });
}
