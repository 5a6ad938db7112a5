import type { WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils.js';

type HistoryEvent = NonNullable<History['events']>[number];

/** The summaries of a workflow's activities, in the order in which they were scheduled. */
export function activitySummaries(history: History): string[] {
  const scheduled = (history.events ?? []).filter((event) => event.activityTaskScheduledEventAttributes);
  return scheduled.map(({ userMetadata }) =>
    userMetadata?.summary ? defaultPayloadConverter.fromPayload<string>(userMetadata.summary) : '',
  );
}

/** Their ids, likewise. */
export function activityIds(history: History): string[] {
  return (history.events ?? []).flatMap(
    ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityId ?? [],
  );
}

/** Names of the signals that a workflow got, in order. */
export function signalNames(history: History): string[] {
  return (history.events ?? []).flatMap(
    ({ workflowExecutionSignaledEventAttributes: signal }) => signal?.signalName ?? [],
  );
}

export async function hasEvent(handle: WorkflowHandle, attributes: keyof HistoryEvent): Promise<boolean> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).some((event) => Boolean(event[attributes]));
}
