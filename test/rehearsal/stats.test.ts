import { StatsLedger } from '../../src/rehearsal/stats.js';

describe('the ledger', () => {
  it('counts calls by step, and answers apart from faults and abandoned calls', () => {
    const ledger = new StatsLedger();
    ledger.start('a/judge', 'judge-paragraph', true).end('answered');
    ledger.start('b/judge', 'judge-paragraph', true).end('fault');
    ledger.start('a/generate', 'generate-questions', true).end('abandoned');
    expect(ledger.snapshot()).toMatchObject({
      calls: 3,
      callsByStep: { 'judge-paragraph': 2, 'generate-questions': 1 },
      answered: 1,
      answeredByStep: { 'judge-paragraph': 1 },
      abandoned: 1,
      inFlight: { now: 0, peak: 1 },
    });
    const once = { deliveries: 1, inFlight: 0, answered: 0, abandoned: 0 };
    expect(ledger.byCall()).toEqual({
      'a/judge': { ...once, answered: 1 },
      'b/judge': once,
      'a/generate': { ...once, abandoned: 1 },
    });
  });

  it('tells repeated calls: answered before, in flight, or abandoned; a retry after a fault is none', () => {
    const ledger = new StatsLedger();
    ledger.start('faulted', 's', true).end('fault');
    ledger.start('faulted', 's', true).end('answered');
    expect(ledger.snapshot().repeats.count).toBe(0);
    ledger.start('faulted', 's', true).end('answered');
    const slow = ledger.start('slow', 's', true);
    ledger.start('slow', 's', true).end('answered');
    slow.end('answered');
    ledger.start('gone', 's', true).end('abandoned');
    ledger.start('gone', 's', true).end('answered');
    ledger.start('unnamed', 's', false).end('answered');
    ledger.start('unnamed', 's', false).end('answered');
    expect(ledger.snapshot().repeats).toEqual({
      count: 2,
      inFlight: 1,
      afterAbandoned: 1,
      examples: ['faulted', 'slow'],
    });
    expect(ledger.byCall()).toMatchObject({
      faulted: { deliveries: 3, answered: 2 },
      slow: { deliveries: 2, answered: 2, inFlight: 0 },
      gone: { deliveries: 2, answered: 1, abandoned: 1 },
    });
  });

  it('keeps a bounded list of examples', () => {
    const ledger = new StatsLedger();
    for (let call = 0; call < 200; call += 1) ledger.start(`call ${call % 100}`, 's', true).end('answered');
    expect(ledger.snapshot().repeats.count).toBe(100);
    expect(ledger.snapshot().repeats.examples).toHaveLength(20);
  });

  it('counts a call that ends twice once', () => {
    const ledger = new StatsLedger();
    const delivery = ledger.start('a', 's', true);
    delivery.end('answered');
    delivery.end('abandoned');
    expect(ledger.snapshot()).toMatchObject({ answered: 1, abandoned: 0, inFlight: { now: 0 } });
  });

  it('numbers the deliveries of a call id', () => {
    const ledger = new StatsLedger();
    const numbers = [1, 2, 3].map(() => ledger.start('a', 's', true).number);
    expect(numbers).toEqual([1, 2, 3]);
    expect(ledger.snapshot().inFlight).toMatchObject({ now: 3, peak: 3 });
  });

  it('weighs calls in flight by time, from the first start to the last end', () => {
    let now = 1000;
    const ledger = new StatsLedger(() => now);
    const first = ledger.start('a', 's', true);
    now = 1010;
    const second = ledger.start('b', 's', true);
    now = 1030;
    first.end('answered');
    now = 1040;
    second.end('answered');
    now = 9000;
    expect(ledger.snapshot().inFlight).toEqual({ now: 0, peak: 2, mean: (10 + 2 * 20 + 10) / 40 });
  });

  it('has no times before the first call', () => {
    const stats = new StatsLedger().snapshot();
    expect(stats.firstCallAt).toBeUndefined();
    expect(stats.lastEndAt).toBeUndefined();
    expect(stats.inFlight).toEqual({ now: 0, peak: 0, mean: 0 });
  });
});
