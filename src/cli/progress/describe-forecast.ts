import { formatCount } from '../../format.js';
import { describeShownTime } from './shown-time.js';
import type { Forecast } from './forecast.js';

/** `3.1 chunks/min`, `about 12 min left`; nothing while nothing is known. */
export function describeForecast({ chunksPerMinute, shownStep, isWaiting }: Forecast): string[] {
  if (isWaiting) return ['waiting'];
  return [
    ...(chunksPerMinute === undefined ? [] : [`${describeRate(chunksPerMinute)} chunks/min`]),
    ...(shownStep === undefined ? [] : [`about ${describeShownTime(shownStep)} left`]),
  ];
}

/** `0.4`, `3.1`, `212`: so many digits as can be meant. */
export function describeRate(perMinute: number): string {
  return perMinute < 10 ? perMinute.toFixed(1) : formatCount(Math.round(perMinute));
}
