import type { PromptedStep } from './check-prompt.js';
import { parseJsonPrompt } from './parse-json-prompt.js';
import { parseYamlPrompt } from './parse-prompt.js';
import type { Checked, PromptFile } from './prompt.js';
import { ownVocabulary, referenceVocabulary, type Vocabulary } from './vocabulary.js';

/** A form in which prompts are written. */
export interface PromptForm {
  extension: string;
  parse(source: string, file: string): Checked<PromptFile>;
  /** What prompts of this form call what a step gives. */
  vocabulary(variables: PromptedStep['variables']): Vocabulary;
}

export const YAML_FORM: PromptForm = { extension: '.yaml', parse: parseYamlPrompt, vocabulary: ownVocabulary };

export const JSON_FORM: PromptForm = { extension: '.json', parse: parseJsonPrompt, vocabulary: referenceVocabulary };
