import type { RunPlan } from '../planning/run-plan.js';
import type { CallTotals, Funnel, Paid } from '../records.js';
import { RUN_FILES } from '../store/run-files.js';
import type { Store } from '../store/store.js';
import { DATASET_FILES, type DatasetCounts } from './dataset.js';

export type RunEnd = 'complete' | 'cancelled';

/** A run at its end. */
export interface EndedRun extends DatasetCounts {
  /** Fingerprint of its plan. */
  plan: string;
  run: string;
  end: RunEnd;
  /** What a person should know of the input. */
  notes: string[];
  /** ISO 8601, UTC. */
  startedAt: string;
  endedAt: string;
}

/** `run.json`: what was done, with what, and what came out. No secrets, no addresses. */
export interface RunSummary {
  run: string;
  end: RunEnd;
  /** ISO 8601, UTC. */
  startedAt: string;
  endedAt: string;
  durationSeconds: number;
  /** Fingerprints of the run and of the program. */
  versions: { plan: string; program: string; node: string };
  /** What a person should know of the input. */
  notes: string[];
  input: { documents: { id: string; path: string; textHash: string }[]; skipped: RunPlan['skipped'] };
  settings: Pick<RunPlan, 'chunkSize' | 'useFilenames' | 'useStopStrings' | 'models' | 'assistantPrompt'> &
    RunPlan['settings'] & { subset: number | null };
  /** Hash of each step's prompt. */
  prompts: Record<string, string>;
  funnel: Funnel;
  /** Of all calls behind these results, those that the journal answered included. */
  tokens: CallTotals;
  /** Of all calls ever paid in this folder, also those that these results do not need; money at the prices in force. */
  paid: Paid;
  rows: number;
  /** Lines of rejected.jsonl. */
  dropped: number;
  files: string[];
}

export function summarizeRun(plan: RunPlan, input: EndedRun, paid: Paid): RunSummary {
  const { chunkSize, useFilenames, useStopStrings, models, assistantPrompt, settings } = plan;
  return {
    run: input.run,
    end: input.end,
    startedAt: input.startedAt,
    endedAt: input.endedAt,
    durationSeconds: (Date.parse(input.endedAt) - Date.parse(input.startedAt)) / 1_000,
    versions: { plan: plan.fingerprint, program: plan.program, node: process.version },
    notes: input.notes,
    input: {
      documents: plan.documents.map(({ id, path, textHash }) => ({ id, path, textHash })),
      skipped: plan.skipped,
    },
    settings: {
      chunkSize,
      subset: plan.subset ?? null,
      useFilenames,
      useStopStrings,
      models,
      assistantPrompt,
      ...settings,
    },
    prompts: Object.fromEntries(Object.entries(plan.prompts).map(([step, { hash }]) => [step, hash])),
    funnel: input.funnel,
    tokens: input.totals,
    paid,
    rows: input.rows,
    dropped: input.dropped,
    files: Object.values(DATASET_FILES),
  };
}

/** What the last run left; `undefined` where there is none, or only something that is damaged. */
export async function readSummary(store: Store): Promise<RunSummary | undefined> {
  const text = await store.read(RUN_FILES.summary);
  try {
    const summary = JSON.parse(text ?? 'null') as RunSummary | null;
    const parts: unknown[] = [summary?.versions, summary?.settings, summary?.funnel, summary?.tokens, summary?.rows];
    return summary === null || parts.includes(undefined) ? undefined : summary;
  } catch {
    return undefined;
  }
}
