import type { TaskQueues } from '../run-context.js';

const SHOWN_HASH = 8;

/**
 * The task queues of a run. They belong to the run and to the version of the program, so that runs with other keys,
 * folders or limits, and workers of another version, never execute each other's work.
 */
export function taskQueuesFor(run: string, program: string, oneModel: boolean): TaskQueues {
  const prefix = `${run}.${program.slice(0, SHOWN_HASH)}`;
  const logical = `${prefix}.logical`;
  return { workflows: prefix, io: `${prefix}.io`, logical, large: oneModel ? logical : `${prefix}.large` };
}

/** The inverse: the first digits of the hash of the program whose workers serve these queues. */
export function programOf({ workflows }: Pick<TaskQueues, 'workflows'>): string {
  return workflows.slice(workflows.lastIndexOf('.') + 1);
}
