import { jest } from '@jest/globals';
import type { ActivitySlotInfo } from '@temporalio/worker';
import { Limiter } from '../../src/llm/limiter.js';
import { LimiterSlotSupplier } from '../../src/llm/slot-supplier.js';
import type { CallSize } from '../../src/llm/token-estimate.js';
import { ANY_CALL, refusal } from './calls.js';
import type { Usage } from '../../src/records.js';
import type { ProviderLimit } from './limited-provider.js';

export interface SimulatedCall {
  at: number;
  refused: boolean;
  tokens: number;
}

export interface SimulationOptions {
  limits: readonly ProviderLimit[];
  slots: number;
  latencyMs?: number;
  /** As the provider says it with a 429: exactly, in whole seconds, or not at all. */
  says?: 'exactly' | 'in seconds' | 'nothing';
  /** From the end of a call until its slot is free: an answer is recorded, and told to the server. */
  recordMs?: number;
  size?: () => CallSize;
  /** What a call of this size takes; without it answers do not say. */
  use?: (size: CallSize) => Usage;
}

export interface SimulationFigures {
  /** Calls that were taken, and their tokens. */
  perSecond: number;
  tokensPerSecond: number;
  /** Share of the calls. */
  refused: number;
  busiestSecond: number;
}

/** A 429 takes no longer than the network. */
const REFUSAL_MS = 20;
const LOOK_UP_MS = 10;
const SLOT: ActivitySlotInfo = { type: 'activity', activityType: 'callModel' };
const NO_USAGE: Usage = { prompt: 0, cached: 0, completion: 0 };

/**
 * Both doors of the limit over an endless backlog, against a provider that counts: real code, virtual time. Wants jest's
 * fake timers.
 */
export class LimiterSimulation {
  readonly limiter: Limiter;
  readonly calls: SimulatedCall[] = [];
  readonly #options: Required<SimulationOptions>;
  readonly #stop = new AbortController();
  #work: Promise<unknown> | undefined;

  constructor(options: SimulationOptions) {
    this.#options = {
      latencyMs: 1_000,
      recordMs: 50,
      says: 'in seconds',
      size: () => ANY_CALL,
      use: () => NO_USAGE,
      ...options,
    };
    this.limiter = new Limiter(options.slots);
  }

  /** Begins, or goes on for, so many seconds. */
  async run(seconds: number): Promise<void> {
    if (this.#work === undefined) {
      const supplier = new LimiterSlotSupplier(this.limiter);
      this.#work = Promise.allSettled(Array.from({ length: 2 * this.#options.slots }, () => this.#poll(supplier)));
    }
    await jest.advanceTimersByTimeAsync(seconds * 1_000);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.limiter.stop();
    await jest.advanceTimersByTimeAsync(this.#options.latencyMs + this.#options.recordMs + LOOK_UP_MS);
    await this.#work;
  }

  /** From one second to another. */
  figures(from: number, to: number): SimulationFigures {
    const calls = this.calls.filter(({ at }) => at >= from * 1_000 && at < to * 1_000);
    const taken = calls.filter((call) => !call.refused);
    const refused = calls.length - taken.length;
    return {
      perSecond: taken.length / (to - from),
      tokensPerSecond: taken.reduce((sum, { tokens }) => sum + tokens, 0) / (to - from),
      refused: refused / Math.max(1, calls.length),
      busiestSecond: busiestSecond(calls),
    };
  }

  async #poll(supplier: LimiterSlotSupplier): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await supplier.reserveSlot(undefined, AbortSignal.any([signal]));
      supplier.markSlotUsed();
      await this.limiter.whileLookedUp(() => pass(LOOK_UP_MS));
      await this.#task();
      supplier.releaseSlot({ slotInfo: SLOT });
    }
  }

  async #task(): Promise<void> {
    const decision = await this.limiter.start(this.#options.size());
    if (!decision.start) return;
    const usage = this.#options.use(decision.call.size);
    const tokens = usage.prompt + usage.completion;
    const waitMs = Math.max(...this.#options.limits.map((limit) => limit.take(performance.now(), tokens)));
    this.calls.push({ at: performance.now(), refused: waitMs > 0, tokens });
    await pass(waitMs > 0 ? REFUSAL_MS : this.#options.latencyMs);
    if (waitMs > 0) this.limiter.failed(decision.call, refusal(this.#told(waitMs)));
    else this.limiter.answered(decision.call, usage);
    this.limiter.end(decision.call);
    await pass(this.#options.recordMs);
  }

  #told(waitMs: number): number | undefined {
    const { says } = this.#options;
    if (says === 'nothing') return undefined;
    return says === 'exactly' ? waitMs : Math.ceil(waitMs / 1_000) * 1_000;
  }
}

/** The most calls in any second that begins with one. */
function busiestSecond(calls: readonly SimulatedCall[]): number {
  let [most, first] = [0, 0];
  for (const [index, { at }] of calls.entries()) {
    while (at - (calls[first]?.at ?? at) >= 1_000) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

function pass(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
