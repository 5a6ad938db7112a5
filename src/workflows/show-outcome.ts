import type { SearchAttributePair } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';
import type { RunContext } from '../run-context.js';
import { SEARCH_ATTRIBUTES, startAttributes } from '../search-attributes.js';

/** For the options of a child, where the server knows our search attributes. */
export function searchableBy(
  { run, isSearchable = false }: RunContext,
  source?: string,
): { typedSearchAttributes?: SearchAttributePair[] } {
  return isSearchable ? { typedSearchAttributes: startAttributes(run, source) } : {};
}

/** So that people find workflows by how they ended: chunks that failed are one filter in the Web UI. */
export function showOutcome({ isSearchable = false }: RunContext, outcome: string): void {
  if (isSearchable) upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.outcome, value: outcome }]);
}
