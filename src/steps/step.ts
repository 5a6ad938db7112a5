import type { Parsed } from '../parsed.js';
import type { Sampling } from '../call-record.js';
import type { Verdict } from '../records.js';

export { unusable, usable, type Parsed } from '../parsed.js';

/** `logical` is LOGICAL_MODEL, `large` is LARGE_LOGICAL_MODEL. */
export type ModelRole = 'logical' | 'large';

/** What every step of a chunk may use beside its own input. */
export interface StepContext {
  /** The chunk's text. */
  text: string;
  /** `From: <textname>, by <author>` with USE_FILENAMES, empty otherwise. */
  sourceLine: string;
  /** The same without `From: `, as the file name says it, whatever USE_FILENAMES is. */
  textname: string;
  /** The traits of the character in the conversation of this number (from 1): one value from each axis, a line each. */
  traitsFor: (conversation: number) => string;
}

/** What every step that sees the text, or what stands for it, may say of where it comes from. */
export const SOURCE_VARIABLES = { source_line: 'optional', textname: 'optional' } as const;

export function sourceValues({ sourceLine, textname }: StepContext): Record<keyof typeof SOURCE_VARIABLES, string> {
  return { source_line: sourceLine, textname };
}

/** `required`: a prompt that does not use it is refused. `optional`: a prompt may leave it out. */
export type VariableUse = 'required' | 'optional';

/**
 * One model step of the pipeline. `Input` is what the workflow gives, `Result` what it gets.
 * The prompt of the same name may use the variables named here, written `{name}`.
 */
export interface Step<Input, Result> {
  /** Also the name of the prompt file, and the `X-Augmentoolkit-Step` header. */
  name: string;
  role: ModelRole;
  sampling: Sampling;
  /** How many calls a usable answer may take in all. */
  calls: number;
  variables: Readonly<Record<string, VariableUse>>;
  /** The values of `variables`. */
  render(input: Input, context: StepContext): Record<string, string>;
  parse(reply: string, input: Input, context: StepContext): Parsed<Result>;
}

/** A step that votes: `yes` is the verdict that lets the item pass. */
export interface CheckStep<Input, Word extends string = string> extends Step<Input, Verdict<Word>> {
  yes: Word;
}
