import { activityInfo } from '@temporalio/activity';
import { chunkOfWorkflow } from '../ids.js';
import type { CallModelInput } from './contract.js';

/** A call and what it is about. */
export interface AskedCall extends CallModelInput {
  chunk: string;
  /** The call's id inside its chunk. */
  call: string;
}

/** In an activity: the chunk is its workflow's, and the call has its id. */
export function askedCall(input: CallModelInput): AskedCall {
  const { activityId, workflowExecution } = activityInfo();
  return { ...input, chunk: chunkOfWorkflow(workflowExecution?.workflowId ?? ''), call: activityId };
}
