import type { Message, Sampling } from '../call-record.js';

/** A prompt in force: what a step says to its model. */
export interface Prompt {
  /** Name of the step. */
  step: string;
  /** Where it was found; for messages to people only. */
  file: string;
  /** What it asks for in place of the step's own values. */
  sampling?: Partial<Sampling>;
  /** With placeholders, named as the step names its variables. */
  messages: Message[];
  /** SHA-256 over sampling and messages, hex: equal for prompts that ask the same, wherever they lie. */
  hash: string;
}

/** What a prompt file says, before it is held against its step. */
export interface PromptFile {
  file: string;
  /** The names it says it uses, in forms with such a list. */
  variables?: string[];
  sampling?: Partial<Sampling>;
  /** With placeholders as they stand in the file. */
  messages: Message[];
  /** The line, from 1, on which the value under this path begins, or this many lines below in a block of text. */
  lineOf: (path: Path, below?: number) => number;
}

/** Where a value stands in a file: keys and indexes, from the outside in. */
export type Path = readonly (string | number)[];

/** A value, or everything that is wrong with it, one sentence each. */
export type Checked<Value> = { value: Value; problems?: never } | { value?: never; problems: string[] };
