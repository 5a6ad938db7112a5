import { fullSpeed, type Load } from './load-log.js';

/** A run of 100 answers with 10 calls in flight, but for its last ten, which come one by one. */
const loads: Load[] = Array.from({ length: 101 }, (_, answered) => ({ answered, inFlight: answered < 90 ? 10 : 1 }));

describe('full speed', () => {
  it.each([
    ['where the undisturbed run filled the limit', 40, 8],
    ['where it had hardly anything left', 95, 0.8],
    ['after its end', 200, 0],
  ])('%s', (_where, answered, speed) => {
    expect(fullSpeed(loads, answered)).toBeCloseTo(speed);
  });
});
