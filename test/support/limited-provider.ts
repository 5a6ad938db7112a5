import { seededRandom } from '../../src/random.js';

/** How a provider counts; 0 = the call is taken, else how many milliseconds until there is room. */
export interface ProviderLimit {
  take(now: number, tokens: number): number;
}

/** So many calls in any 60 seconds, counted exactly. */
export class SlidingMinute implements ProviderLimit {
  #taken: number[] = [];

  constructor(private limit: number) {}

  get perSecond(): number {
    return this.limit / 60;
  }

  set perSecond(rate: number) {
    this.limit = 60 * rate;
  }

  take(now: number): number {
    while ((this.#taken[0] ?? now) <= now - 60_000) this.#taken.shift();
    const over = this.#taken.length + 1 - this.limit;
    if (over > 0) return (this.#taken[over - 1] ?? now) + 60_000 - now;
    this.#taken.push(now);
    return 0;
  }
}

/** A bucket that holds so many calls, and gets as many a second. */
export class SmallBucket implements ProviderLimit {
  #level: number;
  #at = 0;

  constructor(public perSecond: number) {
    this.#level = perSecond;
  }

  take(now: number): number {
    this.#level = Math.min(this.perSecond, this.#level + ((now - this.#at) * this.perSecond) / 1_000);
    this.#at = now;
    if (this.#level < 1) return (1_000 * (1 - this.#level)) / this.perSecond;
    this.#level -= 1;
    return 0;
  }
}

/** So many tokens in any 60 seconds. */
export class TokenMinute implements ProviderLimit {
  readonly #taken: { at: number; tokens: number }[] = [];
  #sum = 0;

  constructor(readonly limit: number) {}

  get perSecond(): number {
    return this.limit / 60;
  }

  take(now: number, tokens: number): number {
    for (let [first] = this.#taken; first !== undefined && first.at <= now - 60_000; [first] = this.#taken) {
      this.#sum -= first.tokens;
      this.#taken.shift();
    }
    if (this.#sum + tokens > this.limit) return 1_000;
    this.#taken.push({ at: now, tokens });
    this.#sum += tokens;
    return 0;
  }
}

/** Refuses a part of the calls whatever the rate is: it is busy with others. */
export class BusyProvider implements ProviderLimit {
  readonly #random = seededRandom(1, 'busy');

  constructor(readonly share: number) {}

  take(): number {
    return this.#random() < this.share ? 1_000 : 0;
  }
}
