import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelProcess } from './model-process.js';

interface Sample {
  at: number;
  calls: number;
  refused: number;
  tokens: number;
}

export interface CallFigures {
  seconds: number;
  /** Calls that the model took, and the tokens of its answers. */
  takenPerMinute: number;
  tokensPerMinute: number;
  /** Share of the calls that met a limit. */
  refused: number;
  /** The most calls that came within about a second. */
  busiestSecond: number;
}

const INTERVAL_MS = 200;
const SECOND_MS = 1_000;

/** What a model says of itself, some times a second, from its first call on. */
export class CallLog {
  readonly #samples: Sample[] = [];
  readonly #model: ModelProcess;

  constructor(model: ModelProcess) {
    this.#model = model;
  }

  async untilFirstCall(): Promise<void> {
    while ((await this.#model.stats()).calls === 0) await sleep(INTERVAL_MS);
  }

  /** Goes on for so long, and gives the figures of that time. */
  async watch(seconds: number): Promise<CallFigures> {
    const until = performance.now() + seconds * SECOND_MS;
    const first = this.#samples.length;
    while (performance.now() < until) {
      this.#samples.push(await this.#look());
      await sleep(INTERVAL_MS);
    }
    this.#samples.push(await this.#look());
    return figuresOf(this.#samples.slice(first));
  }

  async #look(): Promise<Sample> {
    const { calls, faults, tokens } = await this.#model.stats();
    return { at: performance.now(), calls, refused: faults['limit'] ?? 0, tokens: tokens.input + tokens.output };
  }
}

function figuresOf(samples: readonly Sample[]): CallFigures {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) throw new Error('the model was not looked at');
  const seconds = (last.at - first.at) / SECOND_MS;
  const [calls, refused] = [last.calls - first.calls, last.refused - first.refused];
  return {
    seconds,
    takenPerMinute: (60 * (calls - refused)) / seconds,
    tokensPerMinute: (60 * (last.tokens - first.tokens)) / seconds,
    refused: refused / Math.max(1, calls),
    busiestSecond: busiestSecond(samples),
  };
}

function busiestSecond(samples: readonly Sample[]): number {
  let [most, first] = [0, 0];
  for (const { at, calls } of samples) {
    while (at - (samples[first]?.at ?? at) > SECOND_MS + INTERVAL_MS / 2) first += 1;
    most = Math.max(most, calls - (samples[first]?.calls ?? calls));
  }
  return most;
}
