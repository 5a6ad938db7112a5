import { type Claimant, evenShare, type Limits, Share } from '../../src/store/shares.js';
import { seededRandom } from '../../src/random.js';

const LIMITS: Limits = { concurrencyLimit: 50, requestsPerMinute: 600, tokensPerMinute: 90_000 };

describe('an even share', () => {
  it.each([
    [1, 50],
    [2, 50],
    [3, 50],
    [4, 3],
    [5, 1],
    [3, 0],
    [7, 700],
  ])('adds up over %i workers to a limit of %i, the remainder going by id', (count, concurrencyLimit) => {
    const workers = Array.from({ length: count }, (_, index) => ({ worker: `host-${index}` }));
    const shares = workers.map(({ worker }) =>
      evenShare(
        { ...LIMITS, concurrencyLimit },
        worker,
        workers.filter((other) => other.worker !== worker),
      ),
    );
    const whole = { concurrencyLimit, requestsPerMinute: LIMITS.requestsPerMinute };
    for (const [key, limit] of Object.entries(whole)) {
      const parts = shares.map((share) => share[key as keyof typeof whole]);
      expect(parts.reduce((sum, share) => sum + share, 0)).toBe(limit);
      expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
      expect(parts).toEqual(parts.toSorted((a, b) => b - a));
    }
    expect(shares[0]?.tokensPerMinute).toBeCloseTo(LIMITS.tokensPerMinute / count);
  });
});

/** A worker whose lease is the only thing the others know of it. */
class SimulatedWorker {
  readonly share: Share;
  inFlight = 0;
  used = 0;
  rate = 0;
  /** As it stands in the store. */
  lease: Limits | undefined;
  seen: Claimant[] = [];
  writing: Limits | undefined;

  constructor(readonly id: string) {
    this.share = new Share(id, () => this.inFlight);
  }

  write(): void {
    this.writing = this.share.declare();
    this.lease = this.writing;
  }

  look(all: readonly SimulatedWorker[]): void {
    this.seen = all
      .filter((other) => other !== this && other.lease)
      .map(({ id, lease }) => ({ worker: id, claim: lease }));
    if (this.writing !== undefined) this.share.claimed(this.writing);
    this.writing = undefined;
  }

  steer(): void {
    const { share } = this.share.divide(LIMITS, this.seen);
    this.used = share.concurrencyLimit;
    this.rate = share.requestsPerMinute;
  }
}

describe('the shares of workers that come, go and look at their leisure', () => {
  it.each(Array.from({ length: 30 }, (_, seed) => seed))('never add up to more than the limits (seed %i)', (seed) => {
    const random = seededRandom(seed, 'shares');
    const pick = (below: number) => Math.floor(random() * below);
    let workers = [new SimulatedWorker('w0')];
    for (let step = 1; step <= 2_000; step += 1) {
      const worker = workers[pick(workers.length)];
      if (worker === undefined) throw new Error('nobody is left');
      const event = pick(100);
      if (event < 2 && workers.length < 5) workers.push(new SimulatedWorker(`w${step}`));
      else if (event < 3 && workers.length > 1) workers = workers.filter((other) => other !== worker);
      else if (event < 30) worker.write();
      else if (event < 55) worker.look(workers);
      else if (event < 75) worker.steer();
      else if (event < 90 && worker.inFlight < worker.used) worker.inFlight += 1;
      else if (worker.inFlight > 0) worker.inFlight -= 1;
      const may = workers.reduce((sum, { used, inFlight }) => sum + Math.max(used, inFlight), 0);
      expect(may).toBeLessThanOrEqual(LIMITS.concurrencyLimit);
      expect(workers.reduce((sum, { rate }) => sum + rate, 0)).toBeLessThanOrEqual(600.001);
    }
    // Once all look, write and look again, everything is used.
    for (const worker of workers) worker.inFlight = 0;
    for (let round = 0; round < 4; round += 1) {
      for (const worker of workers) worker.write();
      for (const worker of workers) worker.look(workers);
      for (const worker of workers) worker.steer();
    }
    expect(workers.reduce((sum, { used }) => sum + used, 0)).toBe(LIMITS.concurrencyLimit);
    expect(workers.reduce((sum, { rate }) => sum + rate, 0)).toBeCloseTo(600);
  });
});
