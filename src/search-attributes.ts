import type { SearchAttributePair } from '@temporalio/common';

/** By these people find workflows in the Web UI: `AugmentoolkitOutcome="failed"`. Pure; workflows and commands share it. */
export const SEARCH_ATTRIBUTES = {
  /** The run's id. */
  run: { name: 'AugmentoolkitRun', type: 'KEYWORD' },
  /** Path of the text that a chunk comes from, relative to PATH.INPUT. */
  source: { name: 'AugmentoolkitSource', type: 'KEYWORD' },
  /** Of a chunk: accepted, rejected or failed; of a run: complete or cancelled. */
  outcome: { name: 'AugmentoolkitOutcome', type: 'KEYWORD' },
} as const;

/** The databases of servers hold so many characters of a keyword. */
const LONGEST_KEYWORD = 255;

/** What a workflow is found by from its start. */
export function startAttributes(run: string, source?: string): SearchAttributePair[] {
  const ofRun = { key: SEARCH_ATTRIBUTES.run, value: run.slice(0, LONGEST_KEYWORD) };
  // The end of a path tells more than its beginning.
  const ofSource =
    source === undefined ? [] : [{ key: SEARCH_ATTRIBUTES.source, value: source.slice(-LONGEST_KEYWORD) }];
  return [ofRun, ...ofSource];
}
