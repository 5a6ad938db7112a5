/** Limits that hold over all workers of a model queue, or a worker's part of them. A rate of 0: no limit. */
export interface Limits {
  /** Calls in flight at once. */
  concurrencyLimit: number;
  requestsPerMinute: number;
  tokensPerMinute: number;
}

const LIMIT_KEYS = ['concurrencyLimit', 'requestsPerMinute', 'tokensPerMinute'] as const;
const NOTHING: Limits = { concurrencyLimit: 0, requestsPerMinute: 0, tokensPerMinute: 0 };

/** Another worker of the queue, and what it may use or still uses. */
export interface Claimant {
  worker: string;
  claim?: Limits | undefined;
}

/** An even part, the remainder by worker id. Calls are whole; of so many tokens, fractions are fine. */
export function evenShare(limits: Limits, worker: string, others: readonly Claimant[]): Limits {
  const workers = [worker, ...others.map((other) => other.worker)].toSorted();
  const count = workers.length;
  const rank = workers.indexOf(worker);
  const whole = (limit: number) => Math.floor(limit / count) + (rank < limit % count ? 1 : 0);
  return {
    concurrencyLimit: whole(limits.concurrencyLimit),
    requestsPerMinute: whole(limits.requestsPerMinute),
    tokensPerMinute: limits.tokensPerMinute / count,
  };
}

/** What the claims of the others leave of the limits. */
function roomBeside(limits: Limits, others: readonly Claimant[]): Limits {
  const claimed = others.map(({ claim }) => claim ?? NOTHING);
  return eachLimit((key) => Math.max(0, limits[key] - claimed.reduce((sum, claim) => sum + claim[key], 0)));
}

function eachLimit(value: (key: keyof Limits) => number): Limits {
  return {
    concurrencyLimit: value('concurrencyLimit'),
    requestsPerMinute: value('requestsPerMinute'),
    tokensPerMinute: value('tokensPerMinute'),
  };
}

/** Shares are fractions: what differs by less is the same. */
const SAME = 1e-6;

function isLess(one: Limits, other: Limits): boolean {
  return LIMIT_KEYS.some((key) => one[key] < other[key] - SAME);
}

export interface Division {
  /** What this worker may use now. */
  share: Limits;
  /** It is less than an even part: the others have not made room yet. */
  isShort: boolean;
  /** What the others were told is not what holds: the claims are to be written. */
  isStale: boolean;
}

/**
 * One worker's part in the division of one queue's limits, so that the parts of all never add up to more: what a worker
 * uses it has claimed before, where the others can read it, and has looked at their claims since then. So of two that
 * claim at the same time at least one sees the other; and a claim is given up only when it is no longer used.
 */
export class Share {
  readonly #worker: string;
  readonly #inFlight: () => number;
  #limits: Limits | undefined;
  #others: readonly Claimant[] = [];
  #used = NOTHING;
  #written = NOTHING;

  /** `inFlight`: calls that this worker is making now. */
  constructor(worker: string, inFlight: () => number) {
    this.#worker = worker;
    this.#inFlight = inFlight;
  }

  /** What the others can read for certain. */
  get written(): Limits {
    return this.#written;
  }

  /** What is to be written now, for the others to read. What is given up is no longer used from this moment on. */
  declare(): Limits {
    const claim = this.#claim();
    this.#written = eachLimit((key) => Math.min(this.#written[key], claim[key]));
    return claim;
  }

  /** A claim was written, and then the others' claims were read. */
  claimed(claim: Limits): void {
    this.#written = claim;
  }

  divide(limits: Limits, others: readonly Claimant[]): Division {
    this.#limits = limits;
    this.#others = others;
    const wanted = this.#wanted(limits);
    this.#used = eachLimit((key) => Math.min(wanted[key], this.#written[key]));
    const claim = this.#claim();
    return {
      share: this.#used,
      isShort: isLess(this.#used, evenShare(limits, this.#worker, others)),
      isStale: isLess(claim, this.#written) || isLess(this.#written, claim),
    };
  }

  #claim(): Limits {
    const wanted = this.#limits === undefined ? NOTHING : this.#wanted(this.#limits);
    const claim = eachLimit((key) => Math.max(wanted[key], this.#used[key]));
    return { ...claim, concurrencyLimit: Math.max(claim.concurrencyLimit, this.#inFlight()) };
  }

  #wanted(limits: Limits): Limits {
    const even = evenShare(limits, this.#worker, this.#others);
    const room = roomBeside(limits, this.#others);
    return eachLimit((key) => Math.min(even[key], room[key]));
  }
}
