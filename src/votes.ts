/** The arithmetic of a vote with a fixed number of places. Pure. */

export interface Tally {
  /** `DOUBLE_CHECK_COUNTER`. */
  places: number;
  yes: number;
  no: number;
  /** Places whose answer stayed unusable: they count for neither side. */
  spoilt: number;
}

/** Yes needs more than half of the places; no needs what then makes yes impossible, so that a tie fails. */
export function votesNeeded(places: number): { yes: number; no: number } {
  const yes = Math.floor(places / 2) + 1;
  return { yes, no: places - yes + 1 };
}

export type VoteOutcome = 'passed' | 'failed' | 'undecided';

/** `undefined` while more votes can decide. */
export function voteOutcome({ places, yes, no, spoilt }: Tally): VoteOutcome | undefined {
  const needed = votesNeeded(places);
  if (yes >= needed.yes) return 'passed';
  if (no >= needed.no) return 'failed';
  const left = places - yes - no - spoilt;
  const canDecide = yes + left >= needed.yes || no + left >= needed.no;
  return canDecide ? undefined : 'undecided';
}

/** How many votes to ask for at once: no more than could decide, so that none is paid for in vain. */
export function nextRound(tally: Tally): number {
  if (voteOutcome(tally) !== undefined) return 0;
  const needed = votesNeeded(tally.places);
  const left = tally.places - tally.yes - tally.no - tally.spoilt;
  return Math.min(needed.yes - tally.yes, needed.no - tally.no, left);
}
