import type { Message, Sampling } from '../records.js';

/** A prompt in force: what a step says to its model. */
export interface Prompt {
  /** Name of the step. */
  step: string;
  /** Where it was found; for messages to people only. */
  file: string;
  /** What it asks for in place of the step's own values. */
  sampling?: Partial<Sampling>;
  /** With placeholders. */
  messages: Message[];
  /** SHA-256 over sampling and messages, hex: equal for prompts that ask the same, wherever they lie. */
  hash: string;
}

/** What a prompt file says, before it is held against its step. */
export interface PromptFile {
  file: string;
  description: string;
  /** The names it says it uses. */
  variables: string[];
  sampling?: Partial<Sampling>;
  messages: Message[];
  /** The line, from 1, on which the value under this path begins. */
  lineOf: (path: readonly (string | number)[]) => number;
}

/** A value, or everything that is wrong with it, one sentence each. */
export type Checked<Value> = { value: Value; problems?: never } | { value?: never; problems: string[] };
