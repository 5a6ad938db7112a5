import type { History } from '@temporalio/common/lib/proto-utils.js';
import { defaultPayloadConverter } from '@temporalio/common';

/** The summaries of a workflow's activities, in the order in which they were scheduled. */
export function activitySummaries(history: History): string[] {
  const scheduled = (history.events ?? []).filter((event) => event.activityTaskScheduledEventAttributes);
  return scheduled.map(({ userMetadata }) =>
    userMetadata?.summary ? defaultPayloadConverter.fromPayload<string>(userMetadata.summary) : '',
  );
}
