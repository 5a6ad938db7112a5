import type { ActivityFailure } from '@temporalio/workflow';
import { ApplicationFailure, isCancellation, proxyActivities } from '@temporalio/workflow';
import { addUsage, emptyTotals } from '../accounting.js';
import type { Activities, UnusableAnswer } from '../activities/contract.js';
import { REFUSED } from '../activities/failure-types.js';
import { callId, retryItemOf } from '../ids.js';
import type { CallTotals } from '../records.js';
import type { ItemRounds, RunContext } from '../run-context.js';
import type { Step } from '../steps/step.js';
import { modelActivityOptions } from './activity-options.js';

/** What asking the model came to; `calls` are the ids of all calls it took. */
export type Answer<Result> =
  | { kind: 'usable'; value: Result; calls: string[] }
  | { kind: 'unusable' | 'refused'; reason: string; calls: string[] };

export interface Question<Input> {
  /** The item's id: `q2.v3.accuracy.1`. */
  item: string;
  /** In plain words, for the Web UI: `q2 accuracy, vote 1`. */
  summary: string;
  input: Input;
  /** Instead of the step's own number of calls. */
  calls?: number;
}

/** Asks a step's model until an answer can be used or the step's calls are spent. */
export type Ask = <Input, Result>(step: Step<Input, Result>, question: Question<Input>) => Promise<Answer<Result>>;

/**
 * How one chunk asks the models, and what its calls came to. The calls of an item that is tried again have its round in
 * their ids: so they are asked anew, while all others are known to the journal.
 */
export function modelCalls(context: RunContext, rounds: ItemRounds = {}): { ask: Ask; totals: CallTotals } {
  const totals = emptyTotals();
  const { callModel } = proxyActivities<Activities>(modelActivityOptions(context));

  const ask: Ask = async (step, { item, summary, input, calls: allowed = step.calls }) => {
    const calls: string[] = [];
    let previous: UnusableAnswer | undefined;
    for (;;) {
      const call = callId(item, calls.length + 1, rounds[retryItemOf(item)]);
      calls.push(call);
      const options = {
        // The activity knows by it which call it is; people find it in the Web UI, and a replay sees if it is another one.
        activityId: call,
        taskQueue: context.queues[step.role],
        summary: previous === undefined ? summary : `${summary}, asked again (${calls.length} of ${allowed})`,
      };
      const request = { plan: context.plan, step: step.name, input };
      try {
        const result = await callModel.executeWithOptions(options, [{ ...request, ...(previous && { previous }) }]);
        totals.calls += 1;
        const [prompt, cached, completion] = result.usage;
        addUsage(totals, { prompt, cached, completion });
        // The activity read it with this very step's parser.
        if (result.usable) return { kind: 'usable', value: result.value as never, calls };
        previous = { answer: result.answer, reason: result.reason };
      } catch (error) {
        return { kind: 'refused', reason: refusal(error), calls };
      }
      if (calls.length === allowed) return { kind: 'unusable', reason: previous.reason, calls };
    }
  };
  return { ask, totals };
}

/** The provider's reason for refusing this request; anything else is not ours to decide. */
function refusal(error: unknown): string {
  const cause = isCancellation(error) ? undefined : (error as ActivityFailure).cause;
  if (cause instanceof ApplicationFailure && cause.type === REFUSED) return cause.message;
  throw error;
}
