import { addFunnel, countRecord, emptyFunnel } from '../accounting.js';
import { RunArchive } from '../archive/run-archive.js';
import { usedCalls } from '../archive/used-calls.js';
import type { Prices } from '../config/schema.js';
import { readSummary, type RunSummary } from '../outputs/run-summary.js';
import type { RunPlan } from '../planning/run-plan.js';
import { readAllLeases } from '../store/lease-watcher.js';
import type { Lease } from '../store/leases.js';
import type { Store } from '../store/store.js';
import { DropSum } from './drop-sum.js';
import { OutputSum } from './output-sum.js';
import type { ReportData, ReportState } from './report-data.js';
import { SourceSum } from './source-sum.js';
import { SpendingSum } from './spending.js';
import { TimelineSum } from './timeline-sum.js';
import { VoteSum } from './vote-sum.js';

/** Files named that could not be used; `run.json` has all. */
const MOST_SKIPPED = 40;

export interface CollectOptions {
  store: Store;
  run: string;
  /** Fingerprint of the plan in force. */
  plan: string;
  prices: Prices;
  /** Of a run that has not come to its end. */
  state: Exclude<ReportState, 'complete' | 'cancelled'>;
  onProblem?: (message: string) => void;
}

/**
 * Everything the report shows, in one pass over records and journal that holds one chunk at a time. Only reads, so that
 * it may be done beside a run at work.
 *
 * @throws BrokenRunError where the plan, a text or the manifest is missing or damaged
 */
export async function collectReport(options: CollectOptions): Promise<ReportData> {
  const { store, run, prices } = options;
  const asOf = new Date().toISOString();
  const archive = await RunArchive.open(store, options.plan, options.onProblem);
  const { plan } = archive;
  const sums = createSums(plan, prices);
  const seen = await addChunks(archive, sums);
  await addOthers(archive, seen, sums);
  const leases = await readAllLeases(store);
  for (const faults of faultsOf(leases)) sums.timeline.addFaults(faults);

  const summary = await summaryOf(store, plan);
  return {
    run,
    plan: plan.fingerprint,
    program: plan.program,
    state: summary?.end ?? options.state,
    asOf,
    ...(summary && {
      ended: { startedAt: summary.startedAt, endedAt: summary.endedAt, seconds: summary.durationSeconds },
    }),
    funnel: sums.funnel,
    ...sums.output.figures,
    sources: sums.sources.figures,
    drops: sums.drops.figures,
    votes: sums.votes.figures,
    spending: sums.spending.figures,
    timeline: sums.timeline.figures,
    faults: countFaults(leases),
    settings: describeSettings(plan),
    prompts: Object.fromEntries(Object.entries(plan.prompts).map(([step, { hash }]) => [step, hash])),
    notes: summary?.notes ?? [],
    skipped: { shown: plan.skipped.slice(0, MOST_SKIPPED), others: Math.max(0, plan.skipped.length - MOST_SKIPPED) },
  };
}

function createSums(plan: RunPlan, prices: Prices) {
  return {
    funnel: emptyFunnel(),
    output: new OutputSum(plan.assistantPrompt),
    sources: new SourceSum(),
    drops: new DropSum(),
    votes: new VoteSum(plan.settings.doubleCheckCounter),
    spending: new SpendingSum(prices),
    timeline: new TimelineSum(),
  };
}

type Sums = ReturnType<typeof createSums>;

/** Returns the ids of the chunks. */
async function addChunks(archive: RunArchive, sums: Sums): Promise<Set<string>> {
  const seen = new Set<string>();
  for await (const found of archive.chunks()) {
    // Small files are read without a turn of the event loop, which heartbeats need.
    await new Promise((turn) => setImmediate(turn));
    const { record } = found;
    seen.add(found.entry.id);
    sums.sources.add(found);
    if (record === undefined) {
      sums.funnel.chunks.in += 1;
      sums.funnel.chunks.notRun += 1;
    } else {
      addFunnel(sums.funnel, countRecord(record));
      sums.output.add(found, record);
      sums.drops.add(record);
      sums.votes.add(record);
    }
    const calls = await archive.calls(found.entry.id);
    const used = new Set(record === undefined ? [] : usedCalls(record, calls));
    for (const call of calls) addCall(call, used.has(call), sums);
  }
  return seen;
}

/** Calls for chunks that are in the run no more were paid all the same. */
async function addOthers(archive: RunArchive, seen: ReadonlySet<string>, sums: Sums): Promise<void> {
  for (const chunk of await archive.calledChunks()) {
    if (seen.has(chunk)) continue;
    for (const call of await archive.calls(chunk)) addCall(call, false, sums);
  }
}

function addCall(call: Parameters<SpendingSum['add']>[0], isUsed: boolean, sums: Sums): void {
  sums.spending.add(call, isUsed);
  sums.timeline.add(call);
}

/** Of the run that this plan describes: an earlier one may have left its own. */
async function summaryOf(store: Store, plan: RunPlan): Promise<RunSummary | undefined> {
  const summary = await readSummary(store);
  return summary?.versions.plan === plan.fingerprint ? summary : undefined;
}

function faultsOf(leases: readonly Lease[]) {
  return leases.flatMap(({ limiters }) => Object.values(limiters).flatMap(({ faults }) => faults ?? []));
}

function countFaults(leases: readonly Lease[]): ReportData['faults'] {
  const counts = new Map<string, number>();
  for (const { limiters } of leases) {
    for (const { failures = {} } of Object.values(limiters)) {
      for (const [reason, count] of Object.entries(failures)) counts.set(reason, (counts.get(reason) ?? 0) + count);
    }
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}

function describeSettings({ models, settings, chunkSize, subset, ...plan }: RunPlan): Record<string, string> {
  return {
    'API.LOGICAL_MODEL': models.logical,
    'API.LARGE_LOGICAL_MODEL': models.large,
    '--until': settings.until,
    'SYSTEM.ASSISTANT_MODE': String(settings.assistantMode),
    'SYSTEM.DOUBLE_CHECK_COUNTER': String(settings.doubleCheckCounter),
    'SYSTEM.QUESTION_VERSIONS': String(settings.questionVersions),
    'SYSTEM.REARRANGEMENTS_TO_TAKE': String(settings.rearrangements),
    'SYSTEM.CONVERSATION_ATTEMPTS': String(settings.conversationAttempts),
    'SYSTEM.SEED': String(settings.seed),
    'SYSTEM.CHUNK_SIZE': String(chunkSize),
    'SYSTEM.SUBSET_SIZE': subset === undefined ? 'all chunks' : String(subset),
    'SYSTEM.USE_FILENAMES': String(plan.useFilenames),
    'SYSTEM.STOP': String(plan.useStopStrings),
    'SYSTEM.ASSISTANT_PROMPT': plan.assistantPrompt,
  };
}
