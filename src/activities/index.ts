import type { CallModelDependencies } from './call-model.js';
import { createCallModel } from './call-model.js';
import type { Activities } from './contract.js';
import type { PrepareRunDependencies } from './prepare-run.js';
import { createPrepareRun } from './prepare-run.js';
import type { RecordDependencies } from './record-chunk.js';
import { createFindOpenChunks, createRecordChunk } from './record-chunk.js';
import type { WriteDatasetDependencies } from './write-dataset.js';
import { createWriteReport } from './write-report.js';
import { createWriteDataset, createWriteSummary } from './write-dataset.js';

export type ActivityDependencies = CallModelDependencies & IoDependencies;

type IoDependencies = PrepareRunDependencies & RecordDependencies & WriteDatasetDependencies;

/** The activities that a model queue serves. */
export function createModelActivities(dependencies: CallModelDependencies): Pick<Activities, 'callModel'> {
  return { callModel: createCallModel(dependencies) };
}

/** The activities that read and write the run's files. */
export function createIoActivities(dependencies: IoDependencies): Omit<Activities, 'callModel'> {
  return {
    prepareRun: createPrepareRun(dependencies),
    findOpenChunks: createFindOpenChunks(dependencies),
    recordChunk: createRecordChunk(dependencies),
    writeDataset: createWriteDataset(dependencies),
    writeSummary: createWriteSummary(dependencies),
    writeReport: createWriteReport(dependencies),
  };
}
