import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type {
  ChildWorkflowHandle,
  ChildWorkflowOptions,
  Workflow,
  WorkflowResultType,
  WithWorkflowArgs,
} from '@temporalio/workflow';
import { sleep, startChild } from '@temporalio/workflow';

/** The workflows of an ended run go one after the other; their names are free soon. */
const WAIT_FOR_OLD_CHILD = '1s';

/**
 * Starts a child workflow; where the run before this one left a child of the same id that is just ending, waits for it.
 * `inTurn` is given each try, and not the time between.
 */
export async function startChildWhenFree<W extends Workflow>(
  workflow: W,
  options: WithWorkflowArgs<W, ChildWorkflowOptions>,
  inTurn = async (start: () => Promise<ChildWorkflowHandle<W>>) => start(),
): Promise<ChildWorkflowHandle<W>> {
  for (;;) {
    try {
      return await inTurn(() => startChild<W>(workflow.name, options));
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      await sleep(WAIT_FOR_OLD_CHILD);
    }
  }
}

/** Likewise, and waits for its result. */
export async function executeChildWhenFree<W extends Workflow>(
  workflow: W,
  options: WithWorkflowArgs<W, ChildWorkflowOptions>,
): Promise<WorkflowResultType<W>> {
  const child = await startChildWhenFree(workflow, options);
  return child.result();
}
