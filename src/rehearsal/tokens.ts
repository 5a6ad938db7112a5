import { countTokens } from 'gpt-tokenizer/encoding/cl100k_base';
import { RecentMap } from '../recent.js';

/** Lines whose count is kept: those of the texts and prompts of some thousand chunks. */
const LINES_KEPT = 20_000;
/** The encoder's time grows with the square of a run of blanks or of letters: longer runs are cut before. */
const LONGEST_RUN = 300;
const LONG_RUN = new RegExp(`\\S{${LONGEST_RUN}}|\\s{${LONGEST_RUN}}`);
/** A source text may hold `<|endoftext|>`: to us, these are letters. */
const PLAIN_TEXT = { disallowedSpecial: new Set<string>() };

const counts = new RecentMap<string, number>(LINES_KEPT);

/**
 * Tokens of one line by cl100k_base. Counting line by line makes the sum about one token in a hundred larger than
 * that of the whole text, and lets a chunk's 33 calls share the work.
 */
export function countLine(line: string): number {
  const known = counts.get(line);
  if (known !== undefined) return known;
  const count = LONG_RUN.test(line) ? countInSlices(line) : countTokens(line, PLAIN_TEXT);
  counts.set(line, count);
  return count;
}

/** The lines of a text, each with its line break. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

export function countText(text: string): number {
  return splitLines(text).reduce((sum, line) => sum + countLine(line), 0);
}

function countInSlices(line: string): number {
  let count = 0;
  for (let start = 0; start < line.length; start += LONGEST_RUN) {
    count += countTokens(line.slice(start, start + LONGEST_RUN), PLAIN_TEXT);
  }
  return count;
}
