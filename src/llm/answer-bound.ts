/**
 * Real writing has about 4 characters to a token, in some languages less; with twice that and more, a server did not
 * keep to max_tokens, or a model ran off into blanks and rules.
 */
const CHARACTERS_PER_TOKEN = 10;

/** Our own finish reason: the answer went on beyond its bound, and was cut there. */
export const TOO_LONG = 'too long';

/** UTF-16 units that an answer with this max_tokens can have at most. What is beyond is no part of a usable answer. */
export function longestAnswer(maxTokens: number): number {
  return CHARACTERS_PER_TOKEN * maxTokens;
}
