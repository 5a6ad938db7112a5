import { batchName, blockName } from '../ids.js';

/** Where everything of a run lies in its store: the one place that knows these paths. */
export const RUN_FILES = {
  identity: 'state/identity.json',
  control: 'state/control.json',
  answeredSteps: 'state/answered',
  retries: 'state/retries.json',
  workers: 'state/workers',
  worker: (id: string) => `state/workers/${id}.json`,
  plans: 'state/plans',
  plan: (fingerprint: string) => `state/plans/${fingerprint}.json`,
  manifest: (plan: string) => `state/manifests/${plan}`,
  manifestPage: (plan: string, batch: number) => `state/manifests/${plan}/${batchName(batch)}.json`,
  document: (id: string) => `documents/${id}.txt`,
  chunks: 'chunks',
  chunkBlock: (document: string, block: number) => `chunks/${document}/${blockName(block)}.jsonl`,
  records: 'records',
  record: (chunk: string) => `records/${chunk}.json`,
  calls: 'generations',
  looseCalls: (chunk: string) => `generations/${chunk}`,
  looseCall: (chunk: string, call: string, key: string) => `generations/${chunk}/${call}.${key.slice(0, 12)}.json`,
  foldedCalls: (chunk: string) => `generations/${chunk}.jsonl`,
  log: 'state/worker.log',
  summary: 'run.json',
  report: 'report.html',
  graph: 'graph.svg',
} as const;
