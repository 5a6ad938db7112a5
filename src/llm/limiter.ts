import type { LimiterState } from '../limiter-state.js';
import type { Usage } from '../records.js';
import { CallCounts } from './call-counts.js';
import { type Closing, Closures, ELSEWHERE_RETRY_MS } from './closures.js';
import type { CallFailure } from './errors.js';
import { type ConfiguredRates, StartRates } from './start-rates.js';
import type { CallSize } from './token-estimate.js';

/** A call that may be made, and must end with `end`. */
export interface StartedCall {
  readonly size: CallSize;
  /** By the limiter's clock. */
  readonly startedAt: number;
  /** Counted for it, and to be given back if no answer comes. */
  tokens: number;
}

/** Whether a call may start; if not, why, and when to ask again. */
export type StartDecision = { start: true; call: StartedCall } | { start: false; message: string; retryInMs: number };

/** Who has to wait longer for a known time goes back to the server, but for the next in line. */
const LONGEST_WAIT_HERE_MS = 2_000;
/** A wait for this worker's turn may become shorter at any time, by a change of limits; the next in line waits no longer. */
const LONGEST_RETRY_MS = 30_000;

export interface LimiterOptions {
  /** Milliseconds, by a monotonic clock: a clock that is set back must not prolong a wait. */
  now?: () => number;
  /** Told when it closes or opens, is slowed down or recovers. */
  onChange?: (state: LimiterState) => void;
}

/** Steering of a limiter, given anew about once a second. */
export interface LimiterSteering extends Closing, Partial<ConfiguredRates> {
  /** Calls in flight; like the rates, this worker's part. */
  limit: number;
}

interface WaitingCall {
  size: CallSize;
  decided: (decision: StartDecision) => void;
}

/**
 * Decides whether a model call may start now: at most `limit` in flight, at the configured rates and at what the
 * provider took lately, and none while something closes it (but for a probe now and then). Asked after the journal, so
 * that answers already paid for always pass.
 */
export class Limiter {
  readonly #now: () => number;
  readonly #onChange: (state: LimiterState) => void;
  readonly #wakeUps = new Set<() => void>();
  readonly #counts = new CallCounts();
  readonly #closures: Closures;
  readonly #rates = new StartRates();
  #limit: number;
  #inFlight = 0;
  #lookedUp = 0;
  #lastTold = '';
  #timer: NodeJS.Timeout | undefined;
  /** Tasks in hand that wait for a call to end, or for their turn at the rate in force. */
  readonly #queue: WaitingCall[] = [];

  constructor(limit: number, { now = () => performance.now(), onChange = () => {} }: LimiterOptions = {}) {
    this.#limit = limit;
    this.#now = now;
    this.#onChange = onChange;
    this.#closures = new Closures(now);
  }

  get limit(): number {
    return this.#limit;
  }

  get isPaused(): boolean {
    return this.#closures.isPaused;
  }

  /** Whether this worker has no part of the limits, and leaves all tasks to others. */
  get hasNoPart(): boolean {
    return this.#limit === 0 || this.#rates.areZero;
  }

  /** Nothing but a few tasks should come through, for hits in the journal and the probe. */
  get isClosed(): boolean {
    return this.#closures.find(undefined) !== undefined;
  }

  /** How many more calls the rates in force let start within so many milliseconds than are in hand; Infinity without any. */
  roomWithin(ms: number): number {
    return this.#rates.roomWithin(ms, sizesOf(this.#queue), this.#now()) - this.#lookedUp;
  }

  /** While a task's answer is looked up it may be about to ask for a start. */
  async whileLookedUp<Found>(lookUp: () => Promise<Found>): Promise<Found> {
    this.#lookedUp += 1;
    try {
      return await lookUp();
    } finally {
      this.#lookedUp -= 1;
    }
  }

  state(): LimiterState {
    const closed = this.#closures.describe();
    return {
      limit: this.#limit,
      inFlight: this.#inFlight,
      waiting: this.#queue.length,
      ...this.#rates.state(),
      ...this.#counts.state(),
      ...(closed && { closed }),
    };
  }

  set({ limit, requestsPerMinute, tokensPerMinute, ...closing }: LimiterSteering): void {
    this.#limit = limit;
    this.#rates.set({ requestsPerMinute, tokensPerMinute }, this.#now());
    this.#closures.set(closing);
    this.#changed();
  }

  /** Waits its turn, if that comes soon; says no where it does not. A call that starts must end with `end`. */
  async start(size: CallSize): Promise<StartDecision> {
    const decision = this.tryStart(size);
    if (decision !== undefined) return decision;
    const decided = new Promise<StartDecision>((resolve) => this.#queue.push({ size, decided: resolve }));
    this.#serveQueue();
    return decided;
  }

  /** Decides now, and nothing where it is to wait here. */
  tryStart(size: CallSize): StartDecision | undefined {
    return this.#decide(size, this.#queue);
  }

  /** A call that was started is not made after all. */
  abandon({ startedAt, tokens }: StartedCall): void {
    this.#inFlight -= 1;
    this.#rates.takeBack(startedAt, tokens, this.#now());
    this.#changed();
  }

  /** A call has ended, whatever came of it. */
  end({ tokens }: StartedCall): void {
    this.#inFlight -= 1;
    this.#rates.giveBack(tokens, this.#now());
    this.#changed();
  }

  /**
   * The provider answered a call, or refused this one request. A block that came after the call began, or that is about
   * another step, is not lifted by it.
   */
  answered(call: StartedCall, usage: Usage): void {
    const { size, startedAt, tokens } = call;
    this.#counts.answered();
    this.#closures.answered(size.step, startedAt);
    this.#rates.answered(size, startedAt, tokens, usage, this.#now());
    call.tokens = 0;
    this.#changed();
  }

  /** A call got no answer, and will be made again. */
  failed({ startedAt }: StartedCall, { reason, message, rateLimited, retryAfterMs }: CallFailure): void {
    this.#counts.failed(reason, message);
    if (rateLimited) this.#closures.coolDown(this.#rates.refused(startedAt, retryAfterMs, this.#now()));
    this.#changed();
  }

  /** Nothing will be answered until a person acts (key, account, model name); with `step`, no call of that step. */
  block(message: string, step?: string): void {
    this.#closures.block(message, step);
    this.#changed();
  }

  /** Nothing starts any more, and who waits is sent away: the worker ends. */
  stop(): void {
    this.#closures.stop();
    this.#changed();
  }

  /** As much is spent as may be, with what to do; `undefined`: there is money left. */
  overBudget(message: string | undefined): void {
    this.#closures.overBudget(message);
    this.#changed();
  }

  /** `listener` is called whenever more calls may be possible; returns how to stop that. */
  onWake(listener: () => void): () => void {
    this.#wakeUps.add(listener);
    return () => this.#wakeUps.delete(listener);
  }

  #decide(size: CallSize, ahead: readonly WaitingCall[]): StartDecision | undefined {
    const closure = this.#closures.find(size.step);
    const isCooling = closure?.reason === 'cooling down';
    if (closure !== undefined && closure.mayProbe !== true && !isCooling)
      return { start: false, message: closure.message, retryInMs: closure.retryInMs };
    if (this.hasNoPart)
      return { start: false, message: 'this worker has no part of the limit yet', retryInMs: ELSEWHERE_RETRY_MS };
    const waitMs = Math.max(isCooling ? closure.retryInMs : 0, this.#rates.waitFor(size, sizesOf(ahead), this.#now()));
    const longestMs = isCooling || ahead.length > 0 ? LONGEST_WAIT_HERE_MS : LONGEST_RETRY_MS;
    if (waitMs > longestMs) {
      const message = isCooling ? closure.message : 'the limit a minute is reached';
      return { start: false, message, retryInMs: isCooling ? waitMs : Math.min(waitMs, LONGEST_RETRY_MS) };
    }
    if (waitMs > 0 || this.#inFlight >= this.#limit || ahead.length > 0) return undefined;
    return { start: true, call: this.#begin(size) };
  }

  #begin(size: CallSize): StartedCall {
    const startedAt = this.#now();
    this.#closures.noteStart(size.step);
    this.#inFlight += 1;
    const tokens = this.#rates.start(size, this.#limit, startedAt);
    if (this.#rates.areInForce) this.#wake();
    return { size, startedAt, tokens };
  }

  #serveQueue(): void {
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      const decision = this.#decide(next.size, []);
      if (decision === undefined) break;
      this.#queue.shift();
      next.decided(decision);
    }
    this.#serveLater();
  }

  /** Nothing else tells when the next in the queue has its turn. */
  #serveLater(): void {
    clearTimeout(this.#timer);
    const [next] = this.#queue;
    if (next === undefined) return;
    const coolMs = this.#closures.find(next.size.step)?.retryInMs ?? 0;
    const waitMs = Math.max(coolMs, this.#rates.waitFor(next.size, [], this.#now()));
    if (waitMs > 0) this.#timer = setTimeout(() => this.#changed(), Math.ceil(waitMs)).unref();
  }

  #wake(): void {
    for (const wake of this.#wakeUps) wake();
  }

  #changed(): void {
    this.#serveQueue();
    this.#wake();
    const state = this.state();
    const told = `${state.closed?.reason} ${state.closed?.message} ${state.slowedTo !== undefined}`;
    if (told === this.#lastTold) return;
    this.#lastTold = told;
    this.#onChange(state);
  }
}

function sizesOf(calls: readonly WaitingCall[]): CallSize[] {
  return calls.map(({ size }) => size);
}
