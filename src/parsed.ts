/** One reading of a reply, or why there is none. A parser never guesses. */
export type Parsed<Result> = { ok: true; value: Result } | { ok: false; reason: string };

export function usable<Result>(value: Result): Parsed<Result> {
  return { ok: true, value };
}

/** `reason` is shown to the model when it is asked again: say what was wrong and what to write instead. */
export function unusable(reason: string): Parsed<never> {
  return { ok: false, reason };
}
