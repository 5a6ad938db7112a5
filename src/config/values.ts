import { z } from 'zod';

/**
 * The kinds of values a setting can have, as people write them: flags and numbers may stand in quotes, as old files have them.
 * Each takes the default and the sentence that says what the setting does. No message repeats the value: it may be a key.
 */

const FLAG_WORDS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  false: false,
  no: false,
  off: false,
};

export function flag(byDefault: boolean, sentence: string) {
  return z
    .preprocess(readFlag, z.boolean({ error: 'must be true or false' }))
    .default(byDefault)
    .describe(sentence);
}

export function text(byDefault: string, sentence: string) {
  return z
    .string({ error: 'must be text: put it in quotes' })
    .transform((value) => value.trim())
    .default(byDefault)
    .describe(sentence);
}

/** The first word is the default. */
export function choice<const Word extends string>(words: readonly [Word, ...Word[]], sentence: string) {
  return z
    .preprocess(readWord, z.enum(words, { error: `must be one of: ${words.join(', ')}` }))
    .default(words[0])
    .describe(sentence);
}

interface NumberRange {
  default: number;
  min: number;
  max: number;
}

export function wholeNumber(range: NumberRange, sentence: string) {
  const error = `must be a whole number from ${range.min} to ${range.max}`;
  return z
    .preprocess(readNumber, z.int({ error }).min(range.min, { error }).max(range.max, { error }))
    .default(range.default)
    .describe(sentence);
}

export function amount(byDefault: number, sentence: string) {
  const error = 'must be a number, 0 or more';
  return z.preprocess(readNumber, z.number({ error }).min(0, { error })).default(byDefault).describe(sentence);
}

/** A number that has to be given. */
export function requiredAmount() {
  const error = 'must be a number, 0 or more';
  return z.preprocess(readNumber, z.number({ error }).min(0, { error }));
}

/** Settings that stand together under one name. */
export function group<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, { error: 'must hold settings, one a line, indented' });
}

function readFlag(value: unknown): unknown {
  return typeof value === 'string' ? (FLAG_WORDS[value.trim().toLowerCase()] ?? value) : value;
}

function readWord(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value;
}

function readNumber(value: unknown): unknown {
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
}
