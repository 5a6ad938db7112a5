import { MinuteWindow, RateLimits } from '../../src/rehearsal/limits.js';

describe('a window of a minute', () => {
  it('never lets more through in any 60 seconds', () => {
    const window = new MinuteWindow(10);
    const taken: number[] = [];
    for (let now = 0; now < 200_000; now += 700) {
      if (window.waitFor(1, now) > 0) continue;
      window.take(1, now);
      taken.push(now);
    }
    expect(taken.length).toBeGreaterThanOrEqual(30);
    for (const start of taken) {
      expect(taken.filter((at) => at >= start && at < start + 60_000).length).toBeLessThanOrEqual(10);
    }
  });

  it('says when there is room', () => {
    const window = new MinuteWindow(100);
    window.take(60, 0);
    window.take(30, 10_000);
    expect(window.waitFor(10, 20_000)).toBe(0);
    expect(window.waitFor(50, 20_000)).toBe(40_000);
    expect(window.waitFor(80, 20_000)).toBe(50_000);
    expect(window.waitFor(101, 20_000)).toBe(60_000);
    expect(window.waitFor(80, 70_000)).toBe(0);
  });
});

describe('rate limits', () => {
  it('refuse by requests and by tokens, and a refused call takes nothing', () => {
    const limits = new RateLimits({ rpm: 2, tpm: 1000 });
    expect(limits.take(600, 0)).toBeUndefined();
    expect(limits.take(600, 1000)).toEqual({ kind: 'tokens', limit: 1000, used: 600, asked: 600, waitMs: 59_000 });
    expect(limits.take(400, 1000)).toBeUndefined();
    expect(limits.take(1, 2000)).toMatchObject({ kind: 'requests', limit: 2, used: 2, waitMs: 58_000 });
  });

  it('tell where they stand in headers, and only of the limits there are', () => {
    const limits = new RateLimits({ rpm: 2 });
    limits.take(600, 0);
    expect(limits.headers(15_000)).toEqual({
      'x-ratelimit-limit-requests': '2',
      'x-ratelimit-remaining-requests': '1',
      'x-ratelimit-reset-requests': '45000ms',
    });
    expect(new RateLimits({}).headers(0)).toEqual({});
    expect(new RateLimits({}).take(1e9, 0)).toBeUndefined();
  });
});
