import { atMost } from '../../src/workflows/at-most.js';

/** Work that ends when it is told to. */
function heldWork(names: readonly string[], inTurn: ReturnType<typeof atMost>) {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const results = names.map((name) =>
    inTurn(
      () =>
        new Promise<string>((resolve, reject) => {
          begun.push(name);
          ends.set(name, (error) => (error === undefined ? resolve(name) : reject(error)));
        }),
    ),
  );
  const end = async (name: string, error?: Error) => {
    ends.get(name)?.(error);
    await new Promise((done) => setImmediate(done));
  };
  return { begun, results, end };
}

it('lets so many begin, and the others in their order as room is made, also by what fails', async () => {
  const { begun, results, end } = heldWork(['a', 'b', 'c', 'd'], atMost(2));
  expect(begun).toEqual(['a', 'b']);
  await end('b');
  expect(begun).toEqual(['a', 'b', 'c']);
  await Promise.all([expect(results[0]).rejects.toThrow('broken'), end('a', new Error('broken'))]);
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  await end('c');
  await end('d');
  expect(await Promise.all(results.slice(1))).toEqual(['b', 'c', 'd']);
});

it('has all its room again when all is done', async () => {
  const inTurn = atMost(2);
  expect(await Promise.all(['a', 'b', 'c'].map((name) => inTurn(() => Promise.resolve(name))))).toEqual([
    'a',
    'b',
    'c',
  ]);
  expect(heldWork(['d', 'e', 'f'], inTurn).begun).toEqual(['d', 'e']);
});
