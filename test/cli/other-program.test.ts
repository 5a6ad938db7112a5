import { describeOtherProgram } from '../../src/cli/other-program.js';
import { taskQueuesFor } from '../../src/temporal/queues.js';

const OWN = { version: '1.2.0', program: '0123456789ab' };

describe('a run of another version of the program', () => {
  it('is told of with both versions and both ways on', () => {
    const run = { run: 'books-1a2b3c', queues: taskQueuesFor('books-1a2b3c', 'fedcba987654', false) };
    expect(describeOtherProgram(run, OWN)).toBe(
      'The run books-1a2b3c belongs to another version of the program (build fedcba98; this is 1.2.0, build 01234567). ' +
        '`npx augmentoolkit worker` of that version finishes it; `npx augmentoolkit run` of this one ends it and starts ' +
        'it anew: answers that still fit are taken from the journal',
    );
  });

  it.each([true, false])('is no run of our own (one model: %s)', (oneModel) => {
    const run = { run: 'books-1a2b3c', queues: taskQueuesFor('books-1a2b3c', OWN.program, oneModel) };
    expect(describeOtherProgram(run, OWN)).toBeUndefined();
  });
});
