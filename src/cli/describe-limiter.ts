import type { LimiterState } from '../limiter-state.js';
import { formatCount, formatDuration } from '../format.js';

/** Texts for people about what holds calls back. Pure. */

/** `24 of 25 calls in flight, 3 waiting, 1,204 answered, at most 300 calls a minute, slowed down to 240 calls a minute` */
export function limiterLine(limiter: LimiterState, now = Date.now()): string {
  const { inFlight, limit, waiting, answered, closed } = limiter;
  const parts = [
    `${inFlight} of ${limit} calls in flight`,
    ...(waiting > 0 ? [`${formatCount(waiting)} waiting`] : []),
    `${formatCount(answered)} answered`,
    ...describeRates(limiter),
    ...(limiter.slowedTo === undefined ? [] : [describeSlowed(limiter.slowedTo)]),
    ...(closed === undefined ? [] : [describeClosed(closed, now)]),
  ];
  return parts.join(', ');
}

function describeRates({ requestsPerMinute, tokensPerMinute }: LimiterState): string[] {
  const rates = [
    ...(requestsPerMinute === undefined ? [] : [`${formatCount(Math.round(requestsPerMinute))} calls`]),
    ...(tokensPerMinute === undefined ? [] : [`${formatCount(Math.round(tokensPerMinute))} tokens`]),
  ];
  return rates.length === 0 ? [] : [`at most ${rates.join(' and ')} a minute`];
}

function describeSlowed(perMinute: number): string {
  return `slowed down to ${formatCount(Math.max(1, Math.round(perMinute)))} calls a minute`;
}

function describeClosed({ reason, until }: NonNullable<LimiterState['closed']>, now: number): string {
  return until === undefined || until <= now ? reason : `${reason} for ${formatDuration(until - now)}`;
}

/** Of all workers together, in a few words; nothing where nothing slows them down. */
export function describeSlowdown(limiters: readonly LimiterState[], now = Date.now()): string[] {
  const cooling = limiters.flatMap(({ closed }) => (closed?.reason === 'cooling down' ? [closed] : []));
  const slowed = limiters.flatMap(({ slowedTo }) => slowedTo ?? []);
  return [
    ...(slowed.length === 0 ? [] : [describeSlowed(slowed.reduce((sum, rate) => sum + rate, 0))]),
    ...cooling.slice(0, 1).map((closed) => describeClosed(closed, now)),
  ];
}
