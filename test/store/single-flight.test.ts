import { SingleFlight } from '../../src/store/single-flight.js';

/** An action that ends when the test says so, and counts how often it was begun. */
function slow() {
  let resolve: (result: string) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<string>((...settle) => ([resolve, reject] = settle));
  const action = {
    begun: 0,
    run: () => {
      action.begun += 1;
      return promise;
    },
    resolve,
    reject,
  };
  return action;
}

describe('single flight', () => {
  it('begins an action once for all who come while it runs', async () => {
    const flights = new SingleFlight();
    const action = slow();
    const waiting = [1, 2, 3].map(() => flights.run('key', action.run));
    expect(flights.keys()).toEqual(['key']);
    action.resolve('answer');
    expect(await Promise.all(waiting)).toEqual(['answer', 'answer', 'answer']);
    expect(action.begun).toBe(1);
    expect(flights.keys()).toEqual([]);
  });

  it('keeps other keys apart', async () => {
    const flights = new SingleFlight();
    const [first, second] = [slow(), slow()];
    const waiting = [flights.run('a', first.run), flights.run('b', second.run)];
    expect(flights.keys()).toEqual(['a', 'b']);
    second.resolve('b');
    first.resolve('a');
    expect(await Promise.all(waiting)).toEqual(['a', 'b']);
  });

  it('gives the same failure to all, and begins anew for who comes later', async () => {
    const flights = new SingleFlight();
    const action = slow();
    const waiting = [flights.run('key', action.run), flights.run('key', action.run)];
    action.reject(new Error('reset'));
    for (const each of waiting) await expect(each).rejects.toThrow('reset');
    expect(await flights.run('key', async () => 'second try')).toBe('second try');
  });

  it('has forgotten an action by the time its result is seen', async () => {
    const flights = new SingleFlight();
    await flights.run('key', async () => 'first');
    expect(await flights.run('key', async () => 'second')).toBe('second');
  });
});
