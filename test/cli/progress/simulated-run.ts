import type { Look } from '../../../src/cli/progress/time-left.js';
import { seededRandom } from '../../../src/random.js';

export interface SimulatedRun {
  chunks: number;
  /** Part of the chunks that the judge takes. */
  worthy: number;
  slots: number;
  seed: number;
  /** Seconds of a pause in the middle. */
  pause?: number;
  /** In the middle, calls begin to take so many times as long. */
  slowdown?: number;
}

interface OpenChunk {
  stages: number[];
  calls: number;
  /** Calls of the present stage without an answer. */
  awaited: number;
  isWorthy: boolean;
}

const TICKS_A_SECOND = 10;
const LATENCY_S = 1.5;
/** Workers tell so rarely what they did. */
const LEASE_S = 5;
const MOST_LOOKED_AT = 100;

/** A run played call by call: what a look sees each second, and how long the run then still took (without pauses). */
export function simulateRun(options: SimulatedRun): { look: Look; left: number }[] {
  const play = new Play(options);
  const looks: { look: Look; active: number }[] = [];
  for (let tick = 0; !play.isDone(); tick += 1) {
    play.step(tick);
    if (tick % TICKS_A_SECOND === 0) looks.push({ look: play.look(tick), active: play.active });
  }
  return looks.map(({ look, active }) => ({ look, left: (play.active - active) / TICKS_A_SECOND }));
}

class Play {
  /** Ticks without pauses. */
  active = 0;
  readonly #random: () => number;
  readonly #window: number;
  readonly #ending = new Map<number, OpenChunk[]>();
  readonly #open = new Set<OpenChunk>();
  readonly #queue: OpenChunk[] = [];
  readonly #sums = { begun: 0, closed: 0, worthy: 0, closedCalls: 0, answered: 0, told: 0, inFlight: 0 };
  #pausedUntil: number | undefined;

  constructor(private readonly options: SimulatedRun) {
    this.#random = seededRandom(options.seed);
    this.#window = Math.max(20, options.slots * 2);
  }

  isDone(): boolean {
    return this.#sums.closed >= this.options.chunks;
  }

  step(tick: number): void {
    if (this.#isHalf()) this.#pausedUntil ??= tick + (this.options.pause ?? 0) * TICKS_A_SECOND;
    this.#answer(tick);
    if (!this.#isPaused(tick)) {
      this.active += 1;
      this.#begin();
      this.#call(tick);
    }
    if (tick % (LEASE_S * TICKS_A_SECOND) === 0) this.#sums.told = this.#sums.answered;
  }

  look(tick: number): Look {
    const { closed, worthy, closedCalls, told, inFlight } = this.#sums;
    const openCalls = [...this.#open].slice(0, MOST_LOOKED_AT).map(({ calls }) => calls);
    return {
      at: tick / TICKS_A_SECOND,
      work: { chunks: this.options.chunks, closed, worthy, closedCalls, open: this.#open.size, openCalls },
      answeredBy: new Map([['a', told]]),
      inFlight,
      isWaiting: this.#isPaused(tick),
    };
  }

  #isHalf(): boolean {
    return this.#sums.closed >= this.options.chunks / 2;
  }

  #isPaused(tick: number): boolean {
    return this.#pausedUntil !== undefined && tick < this.#pausedUntil;
  }

  #answer(tick: number): void {
    for (const chunk of this.#ending.get(tick) ?? []) {
      this.#sums.inFlight -= 1;
      this.#sums.answered += 1;
      chunk.calls += 1;
      chunk.awaited -= 1;
      if (chunk.awaited === 0) this.#goOn(chunk);
    }
    this.#ending.delete(tick);
  }

  #begin(): void {
    const { chunks, worthy } = this.options;
    while (this.#open.size < this.#window && this.#sums.begun < chunks) {
      this.#sums.begun += 1;
      const isWorthy = this.#random() < worthy;
      const chunk = { stages: isWorthy ? drawStages(this.#random) : [1], calls: 0, awaited: 0, isWorthy };
      this.#open.add(chunk);
      this.#goOn(chunk);
    }
  }

  #call(tick: number): void {
    const slower = this.#isHalf() ? (this.options.slowdown ?? 1) : 1;
    const free = Math.max(0, this.options.slots - this.#sums.inFlight);
    for (const chunk of this.#queue.splice(0, free)) {
      const seconds = LATENCY_S * (0.5 + this.#random()) * slower;
      const end = tick + Math.max(1, Math.round(seconds * TICKS_A_SECOND));
      this.#ending.set(end, [...(this.#ending.get(end) ?? []), chunk]);
      this.#sums.inFlight += 1;
    }
  }

  #goOn(chunk: OpenChunk): void {
    const next = chunk.stages.shift();
    if (next === undefined) {
      this.#open.delete(chunk);
      this.#sums.closed += 1;
      this.#sums.closedCalls += chunk.calls;
      if (chunk.isWorthy) this.#sums.worthy += 1;
      return;
    }
    chunk.awaited = next;
    for (let call = 0; call < next; call += 1) this.#queue.push(chunk);
  }
}

/** Calls at once, stage by stage: questions, three checks with regenerated questions now and then, revision, conversations. */
function drawStages(random: () => number): number[] {
  const questions = 2 + Math.floor(random() * 4);
  const checks = [0, 1, 2].flatMap(() => (random() < 0.4 ? [questions * 2, 1] : [questions * 2]));
  const again = random() < 0.3 ? [1, 2, 2, 2] : [];
  return [1, 1, ...checks, ...again, questions, 3, ...(random() < 0.2 ? [1] : [])];
}
