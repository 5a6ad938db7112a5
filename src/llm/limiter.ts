import type { LimiterState } from '../records.js';

/** Whether a call may start; if not, why, and when to ask again. */
export type StartDecision = { start: true } | { start: false; message: string; retryInMs: number };

/** While a model is blocked, one call in this time tries whether it is put right. */
const PROBE_INTERVAL_MS = 30_000;
/** How soon a task that may not start is tried again where no better time is known. */
const RETRY_UNKNOWN_MS = 30_000;
/** So soon where the model is blocked: most tasks then stand ready at the server when a probe finds it put right. */
const BLOCKED_RETRY_MS = 10_000;
/** No worker takes tasks while the run is paused: they wait on the server, ready for when it goes on. */
const PAUSED_RETRY_MS = 1_000;
/** Another worker may take the call at once. */
const ELSEWHERE_RETRY_MS = 1_000;

export interface LimiterOptions {
  /** Milliseconds, by a monotonic clock: a clock that is set back must not prolong a wait. */
  now?: () => number;
  onChange?: (state: LimiterState) => void;
}

interface Block {
  message: string;
  since: number;
  nextProbeAt: number;
}

/**
 * Decides whether a model call may start now: at most `limit` in flight, none while paused, cooling down after a
 * 429, or while the model or the call's step is blocked (but for a probe now and then). Asked after the journal, so that answers
 * already paid for always pass.
 */
export class Limiter {
  readonly #now: () => number;
  readonly #onChange: (state: LimiterState) => void;
  readonly #wakeUps = new Set<() => void>();
  #limit: number;
  #inFlight = 0;
  #answered = 0;
  readonly #failures: Record<string, number> = {};
  #lastFailure: string | undefined;
  #paused = false;
  #leaseLost = false;
  #trouble = 'this worker cannot write to the output folder';
  #coolUntil = 0;
  /** By step; without one, it is about all calls of the model. */
  readonly #blocks = new Map<string | undefined, Block>();
  #stopping = false;
  #lastClosed: string | undefined;
  /** Tasks in hand that wait for a call to end. */
  readonly #queue: { step: string | undefined; decided: (decision: StartDecision) => void }[] = [];

  constructor(limit: number, { now = () => performance.now(), onChange = () => {} }: LimiterOptions = {}) {
    this.#limit = limit;
    this.#now = now;
    this.#onChange = onChange;
  }

  get limit(): number {
    return this.#limit;
  }

  get isPaused(): boolean {
    return this.#paused;
  }

  /** Closed for a reason that a few tasks should still test, for hits in the journal and the probe. */
  get isClosed(): boolean {
    return this.#blocks.has(undefined) || this.#leaseLost || this.#coolUntil > this.#now();
  }

  state(): LimiterState {
    const [blockedStep] = this.#blocks.keys();
    const closed = this.#closed(blockedStep);
    return {
      limit: this.#limit,
      inFlight: this.#inFlight,
      answered: this.#answered,
      failures: { ...this.#failures },
      ...(this.#lastFailure !== undefined && { lastFailure: this.#lastFailure }),
      ...(closed && { closed }),
    };
  }

  /** Steering, read from the store once a second. `trouble`: why the lease is lost, and what to do about it. */
  set(steering: { limit: number; paused: boolean; leaseLost: boolean; trouble?: string }): void {
    this.#limit = steering.limit;
    this.#paused = steering.paused;
    this.#leaseLost = steering.leaseLost;
    this.#trouble = steering.trouble ?? this.#trouble;
    this.#changed();
  }

  /** Waits while the limit is reached; says no at once while closed. A call that starts must end with `end`. */
  async start(step?: string): Promise<StartDecision> {
    const decision = this.tryStart(step);
    return decision ?? new Promise((decided) => this.#queue.push({ step, decided }));
  }

  /** Decides now, and nothing where the limit is reached. */
  tryStart(step?: string): StartDecision | undefined {
    const block = this.#blockOf(step);
    const closed = this.#closed(step);
    if (closed !== undefined && !this.#isProbe(block)) {
      return { start: false, message: closed.message, retryInMs: this.#retryIn(block) };
    }
    if (this.#limit === 0)
      return { start: false, message: 'this worker has no part of the limit', retryInMs: ELSEWHERE_RETRY_MS };
    if (this.#inFlight >= this.#limit) return undefined;
    if (block !== undefined) block.nextProbeAt = this.#now() + PROBE_INTERVAL_MS;
    this.#inFlight += 1;
    return { start: true };
  }

  end(): void {
    this.#inFlight -= 1;
    this.#changed();
  }

  /**
   * The provider answered a call that began at `startedAt`, or refused this one request. A block that came after the
   * call began, or that is about another step, is not lifted by it.
   */
  answered(step: string, startedAt: number): void {
    this.#answered += 1;
    for (const blocked of [undefined, step]) {
      if (startedAt >= (this.#blocks.get(blocked)?.since ?? startedAt)) this.#blocks.delete(blocked);
    }
    this.#changed();
  }

  /** A call got no answer, and will be made again; `reason` in a word or two, to be counted. */
  failed(reason: string, message: string): void {
    this.#failures[reason] = (this.#failures[reason] ?? 0) + 1;
    this.#lastFailure = message;
  }

  /** Nothing will be answered until a person acts (key, account, model name); with `step`, no call of that step. */
  block(message: string, step?: string): void {
    const now = this.#now();
    const { since = now, nextProbeAt = now + PROBE_INTERVAL_MS } = this.#blocks.get(step) ?? {};
    this.#blocks.set(step, { message: step === undefined ? message : `${step}: ${message}`, since, nextProbeAt });
    this.#changed();
  }

  /** Nothing starts any more, and who waits is sent away: the worker ends. */
  stop(): void {
    this.#stopping = true;
    this.#changed();
  }

  /** The provider asked for a rest. */
  coolDown(forMs: number): void {
    this.#coolUntil = Math.max(this.#coolUntil, this.#now() + forMs);
    this.#changed();
  }

  /** `listener` is called whenever more calls may be possible; returns how to stop that. */
  onWake(listener: () => void): () => void {
    this.#wakeUps.add(listener);
    return () => this.#wakeUps.delete(listener);
  }

  #serveQueue(): void {
    for (let decision = this.#decideNext(); decision !== undefined; decision = this.#decideNext()) {
      this.#queue.shift()?.decided(decision);
    }
  }

  #decideNext(): StartDecision | undefined {
    const [next] = this.#queue;
    return next && this.tryStart(next.step);
  }

  #blockOf(step: string | undefined): Block | undefined {
    return this.#blocks.get(undefined) ?? this.#blocks.get(step);
  }

  #closed(step: string | undefined): LimiterState['closed'] {
    if (this.#stopping) return { reason: 'stopping', message: 'this worker is being stopped' };
    if (this.#paused) return { reason: 'paused', message: 'the run is paused' };
    if (this.#leaseLost) return { reason: 'output unusable', message: this.#trouble };
    const block = this.#blockOf(step);
    if (block !== undefined) return { reason: 'blocked', message: block.message };
    if (this.#coolUntil > this.#now()) {
      const until = Math.round(Date.now() + this.#coolUntil - this.#now());
      return { reason: 'cooling down', message: 'the provider asked to wait', until };
    }
    return undefined;
  }

  #isProbe(block: Block | undefined): boolean {
    const mayProbe = !this.#stopping && !this.#paused && !this.#leaseLost;
    return mayProbe && block !== undefined && block.nextProbeAt <= this.#now();
  }

  #retryIn(block: Block | undefined): number {
    if (this.#stopping) return ELSEWHERE_RETRY_MS;
    if (this.#paused) return PAUSED_RETRY_MS;
    if (this.#leaseLost) return RETRY_UNKNOWN_MS;
    // Whoever comes when the probe is due makes it.
    if (block !== undefined) return Math.min(block.nextProbeAt - this.#now(), BLOCKED_RETRY_MS);
    return this.#coolUntil - this.#now();
  }

  #changed(): void {
    this.#serveQueue();
    const state = this.state();
    for (const wake of this.#wakeUps) wake();
    const closed = state.closed && `${state.closed.reason} ${state.closed.message}`;
    if (closed === this.#lastClosed) return;
    this.#lastClosed = closed;
    this.#onChange(state);
  }
}
