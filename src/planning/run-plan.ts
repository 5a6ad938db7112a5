import type { Chunk, SourceDocument, TraitAxes } from '../records.js';
import type { ItemRounds, PipelineSettings } from '../run-context.js';
import type { Prompt } from '../prompting/prompt.js';
import { hashOf, sha256 } from '../store/canonical.js';
import { RUN_FILES } from '../store/run-files.js';
import { openSealed, sealFile } from '../store/sealed.js';
import type { Store } from '../store/store.js';
import type { RetryRounds } from './retry-rounds.js';

/** A document as the plan names it; its text lies in the store. */
export type PlannedDocument = Omit<SourceDocument, 'text'> & { textHash: string };

/** A prompt in force, without the place it was found at. */
export type PlannedPrompt = Pick<Prompt, 'hash' | 'messages' | 'sampling'>;

/** Everything that shapes a run's result, fixed when it starts: workers on any machine follow it. No secrets, no addresses. */
export interface RunPlan {
  /** Over all that follows but `graph` and `skipped`: equal plans give equal manifests. */
  fingerprint: string;
  /** Hash of the built program. */
  program: string;
  documents: PlannedDocument[];
  /** In tokens. */
  chunkSize: number;
  /** How many chunks are taken; absent = all. */
  subset?: number;
  useFilenames: boolean;
  useStopStrings: boolean;
  models: { logical: string; large: string };
  settings: PipelineSettings;
  /** Role-play only: what invented characters are like. */
  traits?: TraitAxes;
  /** System message of the dataset's conversations. */
  assistantPrompt: string;
  /** By step. */
  prompts: Record<string, PlannedPrompt>;
  /** What is tried again; absent where nothing is. */
  retries?: RetryRounds;
  /** Whether `graph.svg` is drawn; not part of the fingerprint. */
  graph?: boolean;
  /** For `run.json`, not for the fingerprint: input files that could not be used. */
  skipped: { path: string; reason: string }[];
}

/** Tells the plans of one output folder apart, and stands in every activity of a history. */
const FINGERPRINT_DIGITS = 12;

/** Tells what shaped one chunk apart from what shaped another in the same place; stands in each chunk's history twice. */
const CHUNK_FINGERPRINT_DIGITS = 32;

export function planDocument({ text, ...document }: SourceDocument): PlannedDocument {
  return { ...document, textHash: sha256(text) };
}

export function fingerprintPlan(plan: Omit<RunPlan, 'fingerprint'>): RunPlan {
  const { skipped: _skipped, graph: _graph, prompts, ...shaping } = plan;
  const promptHashes = Object.fromEntries(Object.entries(prompts).map(([step, prompt]) => [step, prompt.hash]));
  return { ...plan, fingerprint: hashOf({ ...shaping, promptHashes }).slice(0, FINGERPRINT_DIGITS) };
}

/**
 * Of everything that shapes one chunk's record: its text and what the model is told of it, settings, prompts, models,
 * program, and which of its items are tried again. Never of the rest of the input, limits or addresses, so that those may change freely.
 */
export function fingerprintChunk(plan: RunPlan, document: PlannedDocument, chunk: Pick<Chunk, 'id' | 'text'>): string {
  const { program, useFilenames, useStopStrings, models, settings, traits, prompts } = plan;
  const { textname, author, published } = document;
  const promptHashes = Object.fromEntries(Object.entries(prompts).map(([step, prompt]) => [step, prompt.hash]));
  const shaping = {
    program,
    chunkText: chunk.text,
    textname,
    author,
    published,
    useFilenames,
    useStopStrings,
    models,
    settings,
    traits,
    promptHashes,
    rounds: plan.retries?.[chunk.id],
  };
  return hashOf(shaping).slice(0, CHUNK_FINGERPRINT_DIGITS);
}

/** Another worker may go on under it: nothing differs in how the models are asked. */
export const RETRY_CHANGE = 'failed items are tried again';

/** What differs between two plans, in words for people. */
export function describeChanges(before: RunPlan, after: RunPlan): string[] {
  const changed = (what: string, a: unknown, b: unknown) => (hashOf([a]) === hashOf([b]) ? [] : [what]);
  const steps = Object.keys({ ...before.prompts, ...after.prompts });
  return [
    ...changed('the program', before.program, after.program),
    ...changed('the input texts', before.documents, after.documents),
    ...changed('CHUNK_SIZE', before.chunkSize, after.chunkSize),
    ...changed('the subset', before.subset, after.subset),
    ...changed('USE_FILENAMES', before.useFilenames, after.useFilenames),
    ...changed('STOP', before.useStopStrings, after.useStopStrings),
    ...changed('the models', before.models, after.models),
    ...changed('the settings', before.settings, after.settings),
    ...changed('the traits', before.traits, after.traits),
    ...changed('ASSISTANT_PROMPT', before.assistantPrompt, after.assistantPrompt),
    ...changed(RETRY_CHANGE, before.retries, after.retries),
    ...steps.flatMap((step) => changed(`the prompt ${step}`, before.prompts[step]?.hash, after.prompts[step]?.hash)),
  ];
}

export async function writePlan(store: Store, plan: RunPlan): Promise<void> {
  const path = RUN_FILES.plan(plan.fingerprint);
  const content = sealFile(plan);
  if ((await store.read(path)) !== content) await store.write(path, content);
}

/** `undefined` where it is missing or damaged. */
export async function readPlan(store: Store, fingerprint: string): Promise<RunPlan | undefined> {
  const text = await store.read(RUN_FILES.plan(fingerprint));
  return text === undefined ? undefined : (openSealed(text) as RunPlan | undefined);
}

/** One page of the manifest: a batch's chunks in the order of documents and places, each with its expected fingerprint. */
export interface ManifestPage {
  chunks: ManifestEntry[];
}

export interface ManifestEntry {
  id: string;
  fingerprint: string;
  /** For people: where the chunk comes from. */
  label: string;
  /** Path of its document, relative to PATH.INPUT. */
  source: string;
  /** Of its items that are tried again; absent where there are none. */
  rounds?: ItemRounds;
}
