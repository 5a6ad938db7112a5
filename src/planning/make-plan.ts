import type { Settings } from '../config/schema.js';
import { InputError } from '../ingest/input-error.js';
import { readDocuments, readText } from '../ingest/read-documents.js';
import type { Until } from '../records.js';
import { sha256 } from '../store/canonical.js';
import { RUN_FILES } from '../store/run-files.js';
import type { Store } from '../store/store.js';
import type { RetryRounds } from './retry-rounds.js';
import type { PlannedDocument, RunPlan } from './run-plan.js';
import { fingerprintPlan, planDocument, writePlan } from './run-plan.js';
import { loadRunPrompts } from './run-prompts.js';

export interface PlanOptions {
  settings: Settings;
  until: Until;
  /** Hash of the built program. */
  program: string;
  /** What is tried again, as the run's folder has it. */
  retries: RetryRounds;
}

export interface PlannedRun {
  plan: RunPlan;
  /** Where each document was read, by its id: texts are too large to be kept. */
  files: ReadonlyMap<string, string>;
  /** For people: what they should know about their prompts and their input. */
  warnings: string[];
}

/**
 * Reads input and prompts, and fixes what the run will do with them. Writes nothing.
 *
 * @throws InputError, PromptError
 */
export async function makePlan({ settings, until, program, retries }: PlanOptions): Promise<PlannedRun> {
  const { PATH, API, SYSTEM } = settings;
  const { prompts: found, traits, warnings: promptWarnings } = await loadRunPrompts(settings);
  const { documents, skipped, warnings } = await readDocuments(PATH.INPUT, {
    useFilenames: SYSTEM.USE_FILENAMES,
    keep: (document, file) => ({ planned: planDocument(document), file }),
  });
  const prompts = Object.entries(found).map(([step, { hash, messages, sampling }]) => [
    step,
    { hash, messages, ...(sampling && { sampling }) },
  ]);
  const plan = fingerprintPlan({
    program,
    documents: documents.map(({ planned }) => planned),
    chunkSize: SYSTEM.CHUNK_SIZE,
    ...(SYSTEM.USE_SUBSET && { subset: SYSTEM.SUBSET_SIZE }),
    useFilenames: SYSTEM.USE_FILENAMES,
    useStopStrings: SYSTEM.STOP,
    models: { logical: API.LOGICAL_MODEL, large: API.LARGE_LOGICAL_MODEL },
    settings: {
      assistantMode: SYSTEM.ASSISTANT_MODE,
      until: SYSTEM.REARRANGEMENTS_TO_TAKE === 0 ? 'pairs' : until,
      doubleCheckCounter: SYSTEM.DOUBLE_CHECK_COUNTER,
      questionVersions: SYSTEM.QUESTION_VERSIONS,
      rearrangements: SYSTEM.REARRANGEMENTS_TO_TAKE,
      conversationAttempts: SYSTEM.CONVERSATION_ATTEMPTS,
      seed: SYSTEM.SEED,
    },
    ...(traits && { traits }),
    assistantPrompt: SYSTEM.ASSISTANT_PROMPT,
    prompts: Object.fromEntries(prompts) as RunPlan['prompts'],
    ...(Object.keys(retries).length > 0 && { retries }),
    ...(SYSTEM.GRAPH && { graph: true }),
    skipped,
  });
  const notes = [
    ...promptWarnings,
    ...warnings,
    ...skipped.map(({ path, reason }) => `${path} is left out: ${reason}`),
  ];
  const files = new Map(documents.map(({ planned, file }) => [planned.id, file]));
  return { plan, files, warnings: notes };
}

/**
 * Puts texts and plan where workers on any machine find them.
 *
 * @throws InputError where a text is not what was planned any more
 */
export async function storePlan(store: Store, { plan, files }: Pick<PlannedRun, 'plan' | 'files'>): Promise<void> {
  for (const document of plan.documents) {
    const path = RUN_FILES.document(document.id);
    const stored = await store.read(path);
    if (stored === undefined || sha256(stored) !== document.textHash) {
      await store.write(path, await readPlanned(document, files.get(document.id)));
    }
  }
  await writePlan(store, plan);
}

async function readPlanned({ path, textHash }: PlannedDocument, file: string | undefined): Promise<string> {
  const result = file === undefined ? undefined : await readText(file);
  if (result !== undefined && 'text' in result && sha256(result.text) === textHash) return result.text;
  throw new InputError(`${path} was changed while it was being read. Give the command again when it is complete.`);
}
