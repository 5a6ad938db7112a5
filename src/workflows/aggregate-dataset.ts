import { ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import { describeImbalance, findImbalance } from '../accounting.js';
import type { Activities, WriteDatasetResult } from '../activities/contract.js';
import { UNBALANCED } from '../activities/failure-types.js';
import type { RunEnd } from '../outputs/run-summary.js';
import type { Funnel } from '../records.js';
import type { RunContext } from '../run-context.js';
import { ioActivityOptions } from './activity-options.js';

export interface AggregateDatasetInput {
  context: RunContext;
  /** Chunks in the manifest. */
  chunks: number;
  batches: number;
  /** As summed up from what the batches returned. */
  returned: Funnel;
  end: RunEnd;
  /** What a person should know of the input. */
  notes: string[];
  /** When the run started: ISO 8601, UTC. */
  startedAt: string;
}

export interface DatasetResult extends WriteDatasetResult {
  end: RunEnd;
  /** Why there is no report. */
  reportFailed?: string;
}

/** A record that was lost or damaged since its chunk ended is written again when the run is started again. */
const REMEDY = 'Give the same command again: what is missing is made again from the journal, without a call';

/** Writes the dataset from the chunks' records, and makes sure that every item is accounted for. */
export async function aggregateDataset(input: AggregateDatasetInput): Promise<DatasetResult> {
  const { context, chunks, batches, end, notes, startedAt } = input;
  const { writeDataset, writeSummary, writeReport } = proxyActivities<Activities>(ioActivityOptions(context));

  const written = await writeDataset.executeWithOptions({ summary: 'write the dataset' }, [
    { plan: context.plan, batches },
  ]);
  const imbalance = findImbalance({
    counted: written.funnel,
    // A cancelled run's batches could not return what they had done.
    returned: end === 'complete' ? input.returned : undefined,
    chunks,
    rows: written.rows,
    dropped: written.dropped,
  });
  if (imbalance !== undefined) {
    throw ApplicationFailure.nonRetryable(`${describeImbalance(imbalance)}. ${REMEDY}`, UNBALANCED);
  }

  const endedAt = new Date().toISOString();
  await writeSummary.executeWithOptions({ summary: 'write run.json' }, [
    { plan: context.plan, run: context.run, end, notes, startedAt, endedAt, ...written },
  ]);
  const { failed } = await writeReport.executeWithOptions({ summary: 'write the report' }, [
    { plan: context.plan, run: context.run },
  ]);
  return { ...written, end, ...(failed !== undefined && { reportFailed: failed }) };
}
