/** The formats that `export` writes, what their rows look like, and which trainers take them. */

export const TRAINERS = ['axolotl', 'trl', 'unsloth', 'llama-factory'] as const;
export type Trainer = (typeof TRAINERS)[number];

export const EXPORT_FORMATS = [
  'messages',
  'sharegpt',
  'alpaca',
  'prompt-completion',
  'question-answer',
  'calls',
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What a column holds: text, or a list of turns, each with a role and its words under these names. */
export type ColumnKind = 'text' | { role: string; words: string };

export interface FormatDescription {
  /** What a row is. */
  row: string;
  /** All rows have just these, in this order. */
  columns: Readonly<Record<string, ColumnKind>>;
  /** Text that may be empty. */
  mayBeEmpty: readonly string[];
  trainers: readonly Trainer[];
}

const MESSAGES = { role: 'role', words: 'content' };

export const FORMATS: Readonly<Record<ExportFormat, FormatDescription>> = {
  messages: {
    row: 'a conversation: system, then user and assistant in turn',
    columns: { id: 'text', messages: MESSAGES },
    mayBeEmpty: [],
    trainers: TRAINERS,
  },
  sharegpt: {
    row: 'a conversation as from and value: system, then human and gpt in turn',
    columns: { id: 'text', conversations: { role: 'from', words: 'value' } },
    mayBeEmpty: [],
    trainers: ['axolotl', 'unsloth', 'llama-factory'],
  },
  alpaca: {
    row: 'a question and its answer, from the revised pairs, as instruction, input (empty) and output',
    columns: { id: 'text', instruction: 'text', input: 'text', output: 'text' },
    mayBeEmpty: ['input'],
    trainers: ['axolotl', 'llama-factory'],
  },
  'prompt-completion': {
    row: 'an answer of a conversation, with all that was said before it as its prompt',
    columns: { id: 'text', prompt: MESSAGES, completion: MESSAGES },
    mayBeEmpty: [],
    trainers: ['trl'],
  },
  'question-answer': {
    row: 'a question and its answer, from the revised pairs; no conversation is needed',
    columns: { id: 'text', question: 'text', answer: 'text' },
    mayBeEmpty: [],
    trainers: [],
  },
  calls: {
    row: 'a call of the pipeline itself, to train a model for it: the prompt as it was sent, and the answer that stood',
    columns: { id: 'text', step: 'text', messages: MESSAGES },
    mayBeEmpty: [],
    trainers: TRAINERS,
  },
};
