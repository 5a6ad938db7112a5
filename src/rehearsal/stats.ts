import type { Usage } from '../records.js';

/** What the rehearsal model has seen: `GET /stats`. Times are ISO 8601, UTC. */
export interface RehearsalStats {
  /** Calls that reached the model, those that met a fault or a limit included. */
  calls: number;
  callsByStep: Record<string, number>;
  /** Calls that got a completion. */
  answered: number;
  answeredByStep: Record<string, number>;
  /** Calls whose client went away before the answer; a provider may bill them. */
  abandoned: number;
  /** `mean` is over the time from the first call to the last end. */
  inFlight: { now: number; peak: number; mean: number };
  /** Of answered calls. `cached`: input tokens that lay in a prefix already answered. */
  tokens: { input: number; cached: number; output: number };
  repeats: {
    /** Deliveries of a call id that had been answered before, or was in flight. */
    count: number;
    /** Of these: came while the same call id was in flight. */
    inFlight: number;
    /** Deliveries of a call id whose earlier client went away before the answer; not in `count`. */
    afterAbandoned: number;
    /** The first call ids that came again. */
    examples: string[];
  };
  /** By fault; `limit` = 429 because a limit was reached, `unusable` = of the profile. */
  faults: Record<string, number>;
  firstCallAt?: string;
  lastEndAt?: string;
}

export interface Delivery {
  /** How many times this call id has come, this one included. */
  number: number;
  /** Says how the call ended; only the first word counts. */
  end(how: 'answered' | 'fault' | 'abandoned'): void;
}

/** What became of one call id. */
export interface CallHistory {
  /** How many times it has come, those that met a fault included. */
  deliveries: number;
  /** Of these: not at an end yet. */
  inFlight: number;
  answered: number;
  abandoned: number;
}

const EXAMPLES_KEPT = 20;
const CLOCK_START = Date.now() - performance.now();

/** Keeps one small entry for each call id, as long as the server lives. */
export class StatsLedger {
  private readonly histories = new Map<string, CallHistory>();
  private readonly callsByStep: Record<string, number> = {};
  private readonly answeredByStep: Record<string, number> = {};
  private readonly faults: Record<string, number> = {};
  private readonly tokens = { input: 0, cached: 0, output: 0 };
  private readonly repeats = { count: 0, inFlight: 0, afterAbandoned: 0, examples: [] as string[] };
  private readonly totals = { calls: 0, answered: 0, abandoned: 0 };
  private readonly load: LoadMeter;

  /** `clock`: milliseconds that never go back. */
  constructor(clock: () => number = () => performance.now()) {
    this.load = new LoadMeter(clock);
  }

  /** `call` is what tells calls apart; `named`: it comes from the client, so that a second one is a repeat. */
  start(call: string, step: string, named: boolean): Delivery {
    const history = this.historyOf(call);
    if (named) this.noteRepeat(call, history);
    history.deliveries += 1;
    history.inFlight += 1;
    this.totals.calls += 1;
    increment(this.callsByStep, step);
    this.load.change(1);
    let ended = false;
    const end: Delivery['end'] = (how) => {
      if (ended) return;
      ended = true;
      history.inFlight -= 1;
      this.load.change(-1);
      if (how === 'fault') return;
      history[how] += 1;
      this.totals[how] += 1;
      if (how === 'answered') increment(this.answeredByStep, step);
    };
    return { number: history.deliveries, end };
  }

  countFault(kind: string): void {
    increment(this.faults, kind);
  }

  countTokens({ prompt, cached, completion }: Usage): void {
    this.tokens.input += prompt;
    this.tokens.cached += cached;
    this.tokens.output += completion;
  }

  snapshot(): RehearsalStats {
    return structuredClone({
      ...this.totals,
      callsByStep: this.callsByStep,
      answeredByStep: this.answeredByStep,
      tokens: this.tokens,
      repeats: this.repeats,
      faults: this.faults,
      ...this.load.read(),
    });
  }

  /** By call id: `GET /stats/calls`. */
  byCall(): Record<string, CallHistory> {
    return structuredClone(Object.fromEntries(this.histories));
  }

  private historyOf(call: string): CallHistory {
    const known = this.histories.get(call);
    if (known !== undefined) return known;
    const history = { deliveries: 0, inFlight: 0, answered: 0, abandoned: 0 };
    this.histories.set(call, history);
    return history;
  }

  private noteRepeat(call: string, history: CallHistory): void {
    if (history.abandoned > 0) this.repeats.afterAbandoned += 1;
    if (history.inFlight > 0) this.repeats.inFlight += 1;
    if (history.answered === 0 && history.inFlight === 0) return;
    this.repeats.count += 1;
    if (this.repeats.examples.length < EXAMPLES_KEPT) this.repeats.examples.push(call);
  }
}

/** How many calls are in flight: now, at most, and on the average over time. */
class LoadMeter {
  private now = 0;
  private peak = 0;
  private callMs = 0;
  private changedAt = 0;
  private firstCall?: number;
  private lastEnd?: { at: number; callMs: number };

  constructor(private readonly clock: () => number) {}

  change(by: 1 | -1): void {
    const at = this.clock();
    this.callMs += this.now * (at - this.changedAt);
    this.changedAt = at;
    this.now += by;
    this.peak = Math.max(this.peak, this.now);
    this.firstCall ??= at;
    if (by === -1) this.lastEnd = { at, callMs: this.callMs };
  }

  read(): Pick<RehearsalStats, 'inFlight' | 'firstCallAt' | 'lastEndAt'> {
    return {
      inFlight: { now: this.now, peak: this.peak, mean: this.mean() },
      ...(this.firstCall !== undefined && { firstCallAt: isoTime(this.firstCall) }),
      ...(this.lastEnd !== undefined && { lastEndAt: isoTime(this.lastEnd.at) }),
    };
  }

  private mean(): number {
    if (this.firstCall === undefined || this.lastEnd === undefined) return 0;
    const span = this.lastEnd.at - this.firstCall;
    return span === 0 ? 0 : this.lastEnd.callMs / span;
  }
}

function increment(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

function isoTime(at: number): string {
  return new Date(CLOCK_START + at).toISOString();
}
