import { RecentMap } from '../recent.js';
import { countLine, splitLines } from './tokens.js';

export interface MeasuredPrompt {
  /** All tokens of the prompt. */
  tokens: number;
  /** How many of them lay in a prefix that had already been answered. */
  cached: number;
  /** One hash for each prefix that ends at a line border. */
  prefixes: number[];
}

export interface PromptMessage {
  role: string;
  content: string;
}

/** What OpenAI's chat form adds to each message: role and separators. */
const TOKENS_PER_MESSAGE = 4;
/** Prefixes kept: those of about a thousand chunks, as a provider forgets what it has not seen for a while. */
const PREFIXES_KEPT = 200_000;

/** Stands in for a provider's prefix cache; its blocks are the lines of the prompt. */
export class PromptCache {
  private readonly answered = new RecentMap<number, true>(PREFIXES_KEPT);

  measure(messages: readonly PromptMessage[]): MeasuredPrompt {
    let tokens = 0;
    let cached = 0;
    let known = true;
    let hash = START;
    const prefixes: number[] = [];
    const add = (piece: string, count: number): void => {
      hash = extendHash(hash, piece);
      prefixes.push(combine(hash));
      tokens += count;
      known &&= this.answered.get(combine(hash)) === true;
      if (known) cached = tokens;
    };
    for (const { role, content } of messages) {
      add(`\u0000${role}\u0000`, TOKENS_PER_MESSAGE);
      for (const line of splitLines(content)) add(line, countLine(line));
    }
    return { tokens, cached, prefixes };
  }

  /** To be called when the prompt has been answered. */
  remember({ prefixes }: MeasuredPrompt): void {
    for (const prefix of prefixes) this.answered.set(prefix, true);
  }
}

/** Two 32-bit halves (FNV-1a with two primes): enough to tell some hundred thousand prefixes apart. */
type Hash = readonly [number, number];

const START: Hash = [0x811c9dc5, 0x9e3779b9];
const PRIMES: Hash = [0x01000193, 0x85ebca6b];
/** The second half gives what fits beside the first into a number's 53 bits. */
const SECOND_HALF_BITS = 21;

function extendHash([first, second]: Hash, text: string): Hash {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    first = Math.imul(first ^ unit, PRIMES[0]);
    second = Math.imul(second ^ unit, PRIMES[1]);
  }
  return [first, second];
}

function combine([first, second]: Hash): number {
  return (first >>> 0) * 2 ** SECOND_HALF_BITS + (second >>> (32 - SECOND_HALF_BITS));
}
