import { jest } from '@jest/globals';
import {
  BusyProvider,
  type ProviderLimit,
  SlidingMinute,
  SmallBucket,
  TokenMinute,
} from '../support/limited-provider.js';
import { LimiterSimulation, type SimulationOptions } from '../support/limiter-simulation.js';
import { seededRandom } from '../../src/random.js';

/** Minutes of virtual time with a task for every slot take seconds. */
const LONG = 60_000;

let simulation: LimiterSimulation;

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
});
afterEach(async () => {
  await simulation.stop();
  jest.useRealTimers();
});

const STEER = { paused: false, leaseLost: false };

describe('a provider whose limits nobody knows', () => {
  const PROVIDERS: [string, () => ProviderLimit & { perSecond: number }, Partial<SimulationOptions>][] = [
    ['600 calls in any minute', () => new SlidingMinute(600), {}],
    ['600 calls in any minute, said to the millisecond', () => new SlidingMinute(600), { says: 'exactly' }],
    ['600 calls in any minute, without a word', () => new SlidingMinute(600), { says: 'nothing' }],
    ['60 calls in any minute', () => new SlidingMinute(60), {}],
    ['10 calls a second', () => new SmallBucket(10), {}],
    ['10 calls a second, said to the millisecond', () => new SmallBucket(10), { says: 'exactly' }],
    ['10 calls a second, without a word', () => new SmallBucket(10), { says: 'nothing' }],
    ['2 calls a second', () => new SmallBucket(2), {}],
  ];

  it.each(PROVIDERS)(
    'is used to the full and seldom refuses, once the first minutes are over: %s',
    async (_what, limit, options) => {
      const provider = limit();
      simulation = new LimiterSimulation({ limits: [provider], slots: 50, ...options });
      await simulation.run(300);
      const { perSecond, refused } = simulation.figures(180, 300);
      expect(perSecond / provider.perSecond).toBeGreaterThan(0.87);
      expect(refused).toBeLessThan(0.02);
    },
    LONG,
  );

  const halved: [string, () => ProviderLimit & { perSecond: number }][] = [
    ['a minute', () => new SlidingMinute(600)],
    ['a second', () => new SmallBucket(10)],
  ];

  it.each(halved)(
    'that halves what it takes in %s is followed within 30 seconds',
    async (_what, limit) => {
      const provider = limit();
      simulation = new LimiterSimulation({ limits: [provider], slots: 50 });
      await simulation.run(240);
      provider.perSecond = 5;
      await simulation.run(180);
      expect(simulation.figures(270, 420).refused).toBeLessThan(0.03);
      expect(simulation.figures(300, 420).perSecond).toBeGreaterThan(0.85 * 5);
    },
    LONG,
  );

  it(
    'that doubles what it takes is followed within two minutes',
    async () => {
      const provider = new SmallBucket(10);
      simulation = new LimiterSimulation({ limits: [provider], slots: 50 });
      await simulation.run(120);
      provider.perSecond = 20;
      await simulation.run(240);
      expect(simulation.figures(240, 360).perSecond).toBeGreaterThan(0.85 * 20);
    },
    LONG,
  );

  it.each([
    [0.01, 'in seconds'],
    [0.03, 'in seconds'],
    [0.05, 'in seconds'],
    [0.05, 'nothing'],
  ] as const)(
    'is used to the full where it refuses %f of the calls however few they are, and says how long to wait %s',
    async (share, says) => {
      simulation = new LimiterSimulation({ limits: [new BusyProvider(share)], slots: 50, says });
      await simulation.run(400);
      const { perSecond } = simulation.figures(100, 400);
      expect(perSecond).toBeGreaterThan(0.85 * 50);
    },
    LONG,
  );

  it(
    'has no storm after it asked to wait, nor after a pause',
    async () => {
      simulation = new LimiterSimulation({ limits: [new SlidingMinute(600)], slots: 50 });
      await simulation.run(90);
      expect(simulation.figures(20, 90).busiestSecond).toBeLessThan(20);
      simulation.limiter.set({ ...STEER, limit: 50, paused: true });
      await simulation.run(120);
      simulation.limiter.set({ ...STEER, limit: 50 });
      await simulation.run(60);
      expect(simulation.figures(90, 270).busiestSecond).toBeLessThan(20);
    },
    LONG,
  );

  it(
    'is no longer slowed down for when it takes more than there are slots for',
    async () => {
      const provider = new SmallBucket(10);
      simulation = new LimiterSimulation({ limits: [provider], slots: 20 });
      await simulation.run(30);
      expect(simulation.limiter.state().slowedTo).toBeLessThan(700);
      provider.perSecond = 1_000;
      await simulation.run(240);
      expect(simulation.limiter.state()).not.toHaveProperty('slowedTo');
      expect(simulation.figures(240, 270).perSecond).toBeGreaterThan(19);
    },
    LONG,
  );
});

describe('configured rates', () => {
  it.each([10, 60, 600])(
    'of %i calls a minute are used, and never passed, also after a rest',
    async (requestsPerMinute) => {
      const provider = new SlidingMinute(requestsPerMinute);
      simulation = new LimiterSimulation({ limits: [provider], slots: 100 });
      simulation.limiter.set({ ...STEER, limit: 100, requestsPerMinute });
      await simulation.run(180);
      const { perSecond } = simulation.figures(0, 180);
      expect(perSecond / provider.perSecond).toBeGreaterThan(0.95);
      simulation.limiter.set({ ...STEER, limit: 100, requestsPerMinute, paused: true });
      await simulation.run(90);
      simulation.limiter.set({ ...STEER, limit: 100, requestsPerMinute });
      await simulation.run(90);
      expect(simulation.figures(0, 360).refused).toBe(0);
      expect(simulation.figures(0, 360).busiestSecond).toBeLessThan(2 + requestsPerMinute / 28);
    },
    LONG,
  );

  it(
    'are used also where it takes long to record an answer',
    async () => {
      const provider = new SlidingMinute(600);
      simulation = new LimiterSimulation({ limits: [provider], slots: 50, recordMs: 3_000 });
      simulation.limiter.set({ ...STEER, limit: 50, requestsPerMinute: 600 });
      await simulation.run(120);
      expect(simulation.figures(10, 120).perSecond).toBeGreaterThan(9.5);
    },
    LONG,
  );

  it(
    'of tokens a minute are used as well, though nobody knows an answer before it comes',
    async () => {
      const provider = new TokenMinute(300_000);
      const random = seededRandom(1, 'sizes');
      const size = () => {
        const step = random() < 0.3 ? 'write' : 'check';
        return { step, characters: 3_000 + Math.round(9_000 * random()), maxTokens: 2_000 };
      };
      const use = ({ step, characters }: ReturnType<typeof size>) => ({
        prompt: Math.round(characters / 4.2),
        cached: 0,
        completion: Math.round((step === 'write' ? 800 : 100) * (0.5 + random())),
      });
      simulation = new LimiterSimulation({ limits: [provider], slots: 50, latencyMs: 4_000, size, use });
      simulation.limiter.set({ ...STEER, limit: 50, tokensPerMinute: 300_000 });
      await simulation.run(300);
      const { tokensPerSecond, refused } = simulation.figures(60, 300);
      expect(tokensPerSecond / provider.perSecond).toBeGreaterThan(0.95);
      expect(refused).toBeLessThan(0.01);
    },
    LONG,
  );
});
