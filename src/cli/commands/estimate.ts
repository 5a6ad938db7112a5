import { describeEstimate } from '../../estimate/describe-estimate.js';
import type { Estimate, Limits } from '../../estimate/estimate-data.js';
import { makeEstimate } from '../../estimate/make-estimate.js';
import { readMeasured } from '../../estimate/measured-chunks.js';
import { surveyInput } from '../../estimate/survey-input.js';
import type { Settings } from '../../config/schema.js';
import { formatCount } from '../../format.js';
import { readSummary } from '../../outputs/run-summary.js';
import { makePlan, type PlannedRun } from '../../planning/make-plan.js';
import { readRetryRounds } from '../../planning/retry-rounds.js';
import type { Until } from '../../records.js';
import { readIdentity } from '../../store/identity.js';
import { readLiveWorkers } from '../../store/leases.js';
import { type BuildInfo, readBuildInfo } from '../../temporal/build-info.js';
import { type CommandContext, type GlobalOptions, openContext } from '../command-context.js';
import { EXIT, type ExitCode, UsageError } from '../exit.js';
import { reportEnd } from '../report-end.js';
import { requireKeys } from '../run-worker.js';
import { workOn } from './run.js';
import { print, printJson, remark } from '../print.js';

export interface EstimateOptions extends GlobalOptions {
  /** Chunks that are done to measure; 0: none. */
  sample: number;
  until: Until;
  json: boolean;
}

/** Where output goes to no terminal. */
const PLAIN_WIDTH = 100;

/** What a run of the whole input would take. Without a sample it needs no server and no key, and makes no call. */
export async function estimate(options: EstimateOptions): Promise<ExitCode> {
  const context = await openContext(options);
  const build = await readBuildInfo();
  const planned = await plan(context, build, options.until);
  [...context.loaded.warnings, ...planned.warnings].forEach((message) => remark(message));
  let found = await estimateNow(context, planned);
  const wanted = Math.min(options.sample, found.chunks.all);
  if (found.chunks.measured < wanted) {
    const code = await runSample(context, build, wanted, options);
    if (code !== EXIT.done) return code;
    found = await estimateNow(context, planned);
  }
  if (options.json) printJson(found);
  else print(describeEstimate(found, process.stdout.columns ?? PLAIN_WIDTH));
  return EXIT.done;
}

async function plan({ loaded, store }: CommandContext, { program }: BuildInfo, until: Until): Promise<PlannedRun> {
  return makePlan({ settings: loaded.settings, until, program, retries: await readRetryRounds(store) });
}

async function estimateNow({ store, loaded: { settings } }: CommandContext, planned: PlannedRun): Promise<Estimate> {
  const chunks = await surveyInput(planned);
  const measured = await readMeasured(store, chunks);
  return makeEstimate({ plan: planned.plan, chunks, measured, prices: settings.PRICES, limits: limitsOf(settings) });
}

function limitsOf({ SYSTEM, LIMITS, API }: Settings): Limits {
  return {
    concurrency: SYSTEM.CONCURRENCY_LIMIT,
    requestsPerMinute: LIMITS.REQUESTS_PER_MINUTE,
    tokensPerMinute: LIMITS.TOKENS_PER_MINUTE,
    oneQueue: API.LOGICAL_MODEL === API.LARGE_LOGICAL_MODEL && API.BASE_URL === API.LARGE_BASE_URL,
  };
}

/** A run of so many chunks, spread over the input; the run of all of it finds their answers in the journal. */
async function runSample(
  context: CommandContext,
  build: BuildInfo,
  size: number,
  options: EstimateOptions,
): Promise<ExitCode> {
  await requireFree(context, size);
  requireKeys(context);
  const subset = ['SYSTEM.USE_SUBSET=true', `SYSTEM.SUBSET_SIZE=${size}`];
  const sampled = await openContext({ ...options, set: [...options.set, ...subset] });
  const planned = await plan(sampled, build, options.until);
  remark(`A sample of ${formatCount(size)} chunks is run first; its answers are not paid again.`);
  const startedAt = Date.now();
  const outcome = await workOn({ context: sampled, build, planned }, { json: false });
  if (outcome?.state === 'completed') return EXIT.done;
  return reportEnd(outcome, { store: context.store, json: options.json, startedAt });
}

/** A sample takes the place of the run in its folder: one that is at work, or gave more, is left alone. */
async function requireFree({ store }: CommandContext, size: number): Promise<void> {
  if ((await readIdentity(store)) === undefined) return;
  if ((await readLiveWorkers(store)).length > 0) {
    throw new UsageError(
      `A run is at work in ${store.location}: wait for its end, or give \`npx augmentoolkit estimate\` without --sample, which projects from what it has done`,
    );
  }
  const summary = await readSummary(store);
  if (summary === undefined || summary.funnel.chunks.in <= size) return;
  throw new UsageError(
    `${store.location} holds the results of ${formatCount(summary.funnel.chunks.in)} chunks, which a sample of ${formatCount(size)} with other settings would replace. Sample in another folder with --set PATH.OUTPUT=FOLDER`,
  );
}
