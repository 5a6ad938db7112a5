/** So much of the calls is refused at most by a provider that is merely busy. */
const MOST_BY_CHANCE = 0.06;
/** Refused at a rate that the provider took before: fewer may have come from a limit that has not emptied yet. */
const LEAST_SEEN = 2;
/** At the rate that is being tried, the share may be so many times what it was below. */
const TOLERANCE = 2;
/** Counts of so many calls are halved: what is past long ago tells nothing of now. */
const LAST_CALLS = 200;

/** Calls at some rate. */
interface Counts {
  calls: number;
  refused: number;
}

/**
 * Tells refusals by chance from those of a limit, since the last slow-down. A provider with a limit refuses next to none
 * of the calls at a rate well below what it took before; one that is busy with others refuses about as many there.
 */
export class ChanceRefusals {
  #below: Counts = { calls: 0, refused: 0 };
  #around: Counts = { calls: 0, refused: 0 };

  /** @param isBelow at a rate well below what the provider took before */
  started(isBelow: boolean): void {
    const counts = isBelow ? this.#below : this.#around;
    counts.calls += 1;
    if (!isBelow && counts.calls > LAST_CALLS) this.#around = { calls: counts.calls / 2, refused: counts.refused / 2 };
  }

  /** Whether a refusal, this one included, may be by chance: nothing is learned from it then. */
  refused(isBelow: boolean): boolean {
    const counts = isBelow ? this.#below : this.#around;
    counts.refused += 1;
    if (isBelow) return counts.refused <= mostOf(counts.calls, MOST_BY_CHANCE);
    const { calls, refused } = this.#below;
    if (refused < LEAST_SEEN) return false;
    return counts.refused <= mostOf(counts.calls, Math.min(MOST_BY_CHANCE, TOLERANCE * (refused / calls)));
  }

  /** The rate is lowered. */
  forget(): void {
    this.#below = { calls: 0, refused: 0 };
    this.#around = { calls: 0, refused: 0 };
  }
}

/** Where each of so many calls is refused with this likelihood: two standard deviations above the mean. */
function mostOf(calls: number, share: number): number {
  const mean = calls * share;
  return mean + 2 * Math.sqrt(mean);
}
