/** What a limit counts, in the words of a provider's error. */
export type LimitKind = 'requests' | 'tokens';

export interface LimitReached {
  kind: LimitKind;
  limit: number;
  used: number;
  asked: number;
  /** Milliseconds until there is room. */
  waitMs: number;
}

const MINUTE_MS = 60_000;

/** Counts what was taken in the last 60 seconds. `now` is in milliseconds by any clock that does not go back. */
export class MinuteWindow {
  private taken: { at: number; amount: number }[] = [];
  private oldest = 0;
  private sum = 0;

  /** `limit` may be changed at any time; what was taken stays counted. */
  constructor(public limit: number) {}

  used(now: number): number {
    let entry = this.taken[this.oldest];
    while (entry !== undefined && entry.at <= now - MINUTE_MS) {
      this.sum -= entry.amount;
      this.oldest += 1;
      entry = this.taken[this.oldest];
    }
    if (this.oldest > this.taken.length / 2) {
      this.taken = this.taken.slice(this.oldest);
      this.oldest = 0;
    }
    return this.sum;
  }

  /** Milliseconds until `amount` fits; 0 = now. What never fits waits for an empty window. */
  waitFor(amount: number, now: number): number {
    let over = this.used(now) + amount - this.limit;
    if (over <= 0) return 0;
    for (let index = this.oldest; index < this.taken.length; index += 1) {
      const entry = this.taken[index];
      over -= entry?.amount ?? 0;
      if (over <= 0) return (entry?.at ?? now) + MINUTE_MS - now;
    }
    return MINUTE_MS;
  }

  take(amount: number, now: number): void {
    this.taken.push({ at: now, amount });
    this.sum += amount;
  }

  /** Milliseconds until all of it is free again. */
  resetMs(now: number): number {
    const newest = this.taken.at(-1);
    return this.used(now) === 0 || newest === undefined ? 0 : newest.at + MINUTE_MS - now;
  }
}

/** Requests, and tokens in and out, in any 60 seconds; absent = no limit. */
export interface MinuteLimits {
  rpm?: number;
  tpm?: number;
}

/** Requests and tokens a minute, as a provider enforces them: a refused call takes nothing. */
export class RateLimits {
  private readonly windows = [
    { kind: 'requests', window: new MinuteWindow(Infinity) },
    { kind: 'tokens', window: new MinuteWindow(Infinity) },
  ] as const;

  constructor(limits: MinuteLimits) {
    this.set(limits);
  }

  /** From now on these hold, also for what was taken in the last minute. */
  set({ rpm = Infinity, tpm = Infinity }: MinuteLimits): void {
    this.windows[0].window.limit = rpm;
    this.windows[1].window.limit = tpm;
  }

  /** Takes one request of so many tokens, in and out; or says which limit has no room for it. */
  take(tokens: number, now: number): LimitReached | undefined {
    for (const { kind, window } of this.windows) {
      const asked = amountOf(kind, tokens);
      const waitMs = window.waitFor(asked, now);
      if (waitMs > 0) return { kind, limit: window.limit, used: window.used(now), asked, waitMs };
    }
    for (const { kind, window } of this.windows) window.take(amountOf(kind, tokens), now);
    return undefined;
  }

  /** The `x-ratelimit-*` headers of an answer, for the limits there are. */
  headers(now: number): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const { kind, window } of this.windows) {
      if (window.limit === Infinity) continue;
      headers[`x-ratelimit-limit-${kind}`] = String(window.limit);
      headers[`x-ratelimit-remaining-${kind}`] = String(Math.max(0, window.limit - window.used(now)));
      headers[`x-ratelimit-reset-${kind}`] = `${Math.ceil(window.resetMs(now))}ms`;
    }
    return headers;
  }
}

function amountOf(kind: LimitKind, tokens: number): number {
  return kind === 'requests' ? 1 : tokens;
}
