import type { LimiterState } from '../records.js';

/** Whether a call may start; if not, why, and when to ask again. */
export type StartDecision = { start: true } | { start: false; message: string; retryInMs: number };

/** While a model is blocked, one call in this time tries whether it is put right. */
const PROBE_INTERVAL_MS = 30_000;
/** How soon a task that may not start is tried again where no better time is known. */
const RETRY_UNKNOWN_MS = 30_000;
/** Another worker may take the call at once. */
const ELSEWHERE_RETRY_MS = 1_000;

export interface LimiterOptions {
  /** Milliseconds, by a monotonic clock: a clock that is set back must not prolong a wait. */
  now?: () => number;
  onChange?: (state: LimiterState) => void;
}

/**
 * Decides whether a model call may start now: at most `limit` in flight, none while paused, cooling down after a
 * 429, or while the model is blocked (but for a probe now and then). Asked after the journal, so that answers
 * already paid for always pass.
 */
export class Limiter {
  readonly #now: () => number;
  readonly #onChange: (state: LimiterState) => void;
  readonly #wakeUps = new Set<() => void>();
  #limit: number;
  #inFlight = 0;
  #answered = 0;
  #paused = false;
  #leaseLost = false;
  #trouble = 'this worker cannot write to the output folder';
  #coolUntil = 0;
  #blocked: { message: string; step: string | undefined; since: number; nextProbeAt: number } | undefined;
  #stopping = false;
  #lastClosed: string | undefined;
  /** Tasks in hand that wait for a call to end. */
  readonly #queue: ((decision: StartDecision) => void)[] = [];

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
    return this.#blocked !== undefined || this.#leaseLost || this.#coolUntil > this.#now();
  }

  state(): LimiterState {
    const closed = this.#closed();
    return { limit: this.#limit, inFlight: this.#inFlight, answered: this.#answered, ...(closed && { closed }) };
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
  async start(): Promise<StartDecision> {
    const decision = this.tryStart();
    return decision ?? new Promise((decided) => this.#queue.push(decided));
  }

  /** Decides now, and nothing where the limit is reached. */
  tryStart(): StartDecision | undefined {
    const closed = this.#closed();
    if (closed !== undefined && !this.#isProbe()) {
      return { start: false, message: closed.message, retryInMs: this.#retryIn() };
    }
    if (this.#limit === 0)
      return { start: false, message: 'this worker has no part of the limit', retryInMs: ELSEWHERE_RETRY_MS };
    if (this.#inFlight >= this.#limit) return undefined;
    if (this.#blocked !== undefined) this.#blocked.nextProbeAt = this.#now() + PROBE_INTERVAL_MS;
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
    const { step: blockedStep = step, since = startedAt } = this.#blocked ?? {};
    if (blockedStep === step && startedAt >= since) this.#blocked = undefined;
    this.#changed();
  }

  /** Nothing will be answered until a person acts (key, account, model name); with `step`, no call of that step. */
  block(message: string, step?: string): void {
    const now = this.#now();
    const { since = now, nextProbeAt = now + PROBE_INTERVAL_MS } = this.#blocked ?? {};
    this.#blocked = { message, step, since, nextProbeAt };
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
      this.#queue.shift()?.(decision);
    }
  }

  #decideNext(): StartDecision | undefined {
    return this.#queue.length === 0 ? undefined : this.tryStart();
  }

  #closed(): LimiterState['closed'] {
    if (this.#stopping) return { reason: 'stopping', message: 'this worker is being stopped' };
    if (this.#paused) return { reason: 'paused', message: 'the run is paused' };
    if (this.#leaseLost) return { reason: 'lease lost', message: this.#trouble };
    if (this.#blocked !== undefined) return { reason: 'blocked', message: this.#blocked.message };
    if (this.#coolUntil > this.#now()) {
      const until = Math.round(Date.now() + this.#coolUntil - this.#now());
      return { reason: 'cooling down', message: 'the provider asked to wait', until };
    }
    return undefined;
  }

  #isProbe(): boolean {
    const mayProbe = !this.#stopping && !this.#paused && !this.#leaseLost;
    return mayProbe && this.#blocked !== undefined && this.#blocked.nextProbeAt <= this.#now();
  }

  #retryIn(): number {
    if (this.#stopping) return ELSEWHERE_RETRY_MS;
    const known = this.#paused || this.#blocked !== undefined ? 0 : this.#coolUntil - this.#now();
    return known > 0 ? known : RETRY_UNKNOWN_MS;
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
