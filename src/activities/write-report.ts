import type { RunReader } from '../planning/run-reader.js';
import { readControl } from '../store/control.js';
import type { Store } from '../store/store.js';
import { describeStoreTrouble } from '../store/store-trouble.js';
import type { WriteReportInput, WriteReportResult } from './contract.js';
import { withHeartbeats } from './heartbeats.js';

export interface WriteReportDependencies {
  store: Store;
  reader: RunReader;
}

export function createWriteReport(dependencies: WriteReportDependencies) {
  return (input: WriteReportInput): Promise<WriteReportResult> =>
    withHeartbeats(() => reportOrReason(input, dependencies));
}

/** The dataset is written: what keeps a report from being made must not keep the run from its end. */
async function reportOrReason(
  { plan, run }: WriteReportInput,
  { store, reader }: WriteReportDependencies,
): Promise<WriteReportResult> {
  try {
    // Only now: most of a worker's life is over before it is needed.
    const { isReportUpToDate, writeReport } = await import('../report/write-report.js');
    const { graph = false } = await reader.plan(plan);
    const prices = (await readControl(store))?.prices ?? {};
    if (!(await isReportUpToDate({ store, prices, graph }))) {
      await writeReport({ store, run, plan, prices, state: 'at work', graph });
    }
    return {};
  } catch (error) {
    // That passes, and is waited for.
    if (describeStoreTrouble(error, store.location) !== undefined) throw error;
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
