import type { RunIdentity } from '../store/identity.js';
import type { BuildInfo } from '../temporal/build-info.js';
import { programOf, taskQueuesFor } from '../temporal/queues.js';

/** For people: whose run it is, and both ways on. Nothing where it is a run of this program. */
export function describeOtherProgram(
  { run, queues }: Pick<RunIdentity, 'run' | 'queues'>,
  { program, version }: Pick<BuildInfo, 'program' | 'version'>,
): string | undefined {
  const [theirs, own] = [programOf(queues), programOf(taskQueuesFor(run, program, false))];
  if (theirs === own) return undefined;
  return (
    `The run ${run} belongs to another version of the program (build ${theirs}; this is ${version}, build ${own}). ` +
    '`npx augmentoolkit worker` of that version finishes it; `npx augmentoolkit run` of this one ends it and starts it ' +
    'anew: answers that still fit are taken from the journal'
  );
}
