import { programOf, taskQueuesFor } from '../../src/temporal/queues.js';

const PROGRAM = '0123456789abcdef';

describe("a run's task queues", () => {
  it('carry the run and the version of the program', () => {
    expect(taskQueuesFor('books-1a2b3c', PROGRAM, false)).toEqual({
      workflows: 'books-1a2b3c.01234567',
      io: 'books-1a2b3c.01234567.io',
      logical: 'books-1a2b3c.01234567.logical',
      large: 'books-1a2b3c.01234567.large',
    });
  });

  it('tell the version again, whatever the run is called', () => {
    for (const run of ['books', 'v1.2.books']) expect(programOf(taskQueuesFor(run, PROGRAM, false))).toBe('01234567');
  });

  it('share one for the models where both are the same', () => {
    const { logical, large } = taskQueuesFor('books', PROGRAM, true);
    expect(large).toBe(logical);
  });

  it('are never shared between runs or versions', () => {
    const all = [
      taskQueuesFor('books', PROGRAM, false),
      taskQueuesFor('books-2', PROGRAM, false),
      taskQueuesFor('books', 'fedcba9876543210', false),
    ].flatMap((queues) => Object.values(queues) as string[]);
    expect(new Set(all).size).toBe(all.length);
  });
});
