import type { Usage } from '../records.js';

/** What is known of a call's size before it is made. */
export interface CallSize {
  step: string;
  /** Of all messages together. */
  characters: number;
  maxTokens: number;
}

/** English prose in today's vocabularies, rather too many than too few; learned from the first answers on. */
const TOKENS_PER_CHARACTER = 1 / 3.5;
/** The guess weighs as much as this many characters of answered calls. */
const GUESS_CHARACTERS = 2_000;
/** Older answers are forgotten at this weight: a run may come to texts in another language. */
const MOST_CHARACTERS = 2_000_000;
/** An answer counts for at least this share of its step's mean. */
const LEAST_WEIGHT = 1 / 50;

/**
 * How many tokens calls take in and give out, learned from what answers report, without a tokenizer: providers use
 * different ones, and a call must not wait for a count.
 */
export class TokenEstimate {
  #characters = GUESS_CHARACTERS;
  #promptTokens = GUESS_CHARACTERS * TOKENS_PER_CHARACTER;
  /** By step. */
  readonly #completions = new Map<string, { mean: number; answers: number }>();

  /** A step that has no answer yet is taken to use all that it may. */
  of({ step, characters, maxTokens }: CallSize): number {
    const completion = this.#completions.get(step)?.mean ?? maxTokens;
    return Math.ceil((characters * this.#promptTokens) / this.#characters + completion);
  }

  learn({ step, characters }: CallSize, usage: Pick<Usage, 'prompt' | 'completion'>): void {
    this.#forget();
    this.#characters += characters;
    this.#promptTokens += usage.prompt;
    const { mean, answers } = this.#completions.get(step) ?? { mean: 0, answers: 0 };
    const weight = Math.max(1 / (answers + 1), LEAST_WEIGHT);
    this.#completions.set(step, { mean: mean + (usage.completion - mean) * weight, answers: answers + 1 });
  }

  #forget(): void {
    if (this.#characters < MOST_CHARACTERS) return;
    this.#characters /= 2;
    this.#promptTokens /= 2;
  }
}
