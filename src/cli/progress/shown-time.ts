const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Times left as they are shown, in seconds: coarse, so that they change rarely. */
export const SHOWN_TIMES: readonly number[] = [
  30,
  ...[1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 40, 50].map((minutes) => minutes * MINUTE),
  ...[1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 15, 18, 21, 24, 30, 36, 48, 60, 72, 96, 120].map(
    (hours) => hours * HOUR,
  ),
];
/** How far beyond the middle between two steps a time must be for the step to change. */
const MARGIN = 0.08;
/** So many steps are taken at one look at most. */
const MOST_STEPS = 2;

/** The step to show for a time left, given the one that is shown. Both are places in `SHOWN_TIMES`. */
export function nextStep(seconds: number, shown?: number): number {
  const nearest = nearestStep(seconds);
  if (shown === undefined || nearest === shown) return nearest;
  // Between neighbours the border must be left clearly behind.
  const held = nearest > shown ? nearestStep(seconds * (1 - MARGIN)) : nearestStep(seconds * (1 + MARGIN));
  const steps = nearest > shown ? Math.max(0, held - shown) : Math.min(0, held - shown);
  return shown + Math.max(-MOST_STEPS, Math.min(MOST_STEPS, steps));
}

function nearestStep(seconds: number): number {
  const above = SHOWN_TIMES.findIndex((step) => step >= seconds);
  if (above === -1) return SHOWN_TIMES.length - 1;
  if (above === 0) return 0;
  const middle = ((SHOWN_TIMES[above - 1] as number) + (SHOWN_TIMES[above] as number)) / 2;
  return seconds < middle ? above - 1 : above;
}

/** `30 s`, `12 min`, `1 h 15 min`, `2 days` */
export function describeShownTime(step: number): string {
  const seconds = SHOWN_TIMES[step] ?? 0;
  if (seconds < MINUTE) return `${seconds} s`;
  if (seconds < HOUR) return `${seconds / MINUTE} min`;
  const [hours, minutes] = [Math.floor(seconds / HOUR), (seconds % HOUR) / MINUTE];
  return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
}
