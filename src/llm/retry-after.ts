/** Longer waits than this are not believed: a probe every few minutes costs nothing. */
const LONGEST_MS = 300_000;

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** As in `1h6m0s` and `120ms`. */
const DURATION = /^(\d+(\.\d+)?(ms|[smhd]))+$/;

const KINDS = ['requests', 'tokens'] as const;
/** By what a refusal calls the limit that was reached. */
const KIND_WORDS = {
  requests: /requests? per|\brequests\b|\brpm\b/i,
  tokens: /tokens? per|\btokens\b|\btpm\b/i,
} as const;

/**
 * How long a provider asks to wait, in milliseconds, by `retry-after-ms` or Retry-After (seconds or a date); undefined
 * where it does not say.
 */
export function readRetryAfter(headers: Headers | undefined, now: number): number | undefined {
  const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  return believed(exact > 0 ? exact : readWait(headers?.get('retry-after'), now));
}

/** The same by when the exhausted limit of `x-ratelimit-*` is reset; `words`: what the refusal says. */
export function readLimitReset(headers: Headers | undefined, words: string, now: number): number | undefined {
  if (headers === undefined) return undefined;
  const waits = exhausted(headers, words).map((kind) => readWait(headers.get(`x-ratelimit-reset-${kind}`), now));
  return believed(Math.max(...waits.filter((wait) => wait > 0)));
}

function believed(waitMs: number): number | undefined {
  return waitMs > 0 ? Math.min(waitMs, LONGEST_MS) : undefined;
}

/** The limits of which nothing remains; where the headers do not say, the one that the error names. */
function exhausted(headers: Headers, words: string): (typeof KINDS)[number][] {
  const empty = KINDS.filter((kind) => Number(headers.get(`x-ratelimit-remaining-${kind}`) || Number.NaN) <= 0);
  if (empty.length > 0) return empty;
  const named = KINDS.filter((kind) => KIND_WORDS[kind].test(words));
  return named.length === 1 ? named : [];
}

/** `12`, `0.25`, `6m0s`, `120ms`, a date in either usual form; in milliseconds, NaN for anything else. */
function readWait(value: string | null | undefined, now: number): number {
  const text = (value ?? '').trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  if (!DURATION.test(text)) return Date.parse(text) - now;
  return [...text.matchAll(/([\d.]+)(ms|[smhd])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (UNIT_MS[unit] ?? 0),
    0,
  );
}
