import type { Client, Connection, WorkflowExecutionDescription } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Settings } from '../config/schema.js';
import type { PlannedRun } from '../planning/make-plan.js';
import { storePlan } from '../planning/make-plan.js';
import { readSummary } from '../outputs/run-summary.js';
import { describeChanges, readPlan, RETRY_CHANGE, type RunPlan } from '../planning/run-plan.js';
import { openChunksFor } from '../planning/windows.js';
import type { RunContext } from '../run-context.js';
import { hashOf } from '../store/canonical.js';
import { type Control, limitsOf, readControl, writeControl } from '../store/control.js';
import type { RunIdentity } from '../store/identity.js';
import { writeIdentity } from '../store/identity.js';
import { confirmLiveWorkers } from '../store/leases.js';
import { claimRun, type RunClaim } from '../store/run-claim.js';
import type { Store } from '../store/store.js';
import { startAttributes } from '../search-attributes.js';
import { taskQueuesFor } from '../temporal/queues.js';
import { ensureSearchAttributes } from '../temporal/search-attributes.js';
import type { generateDataset } from '../workflows/generate-dataset.js';
import { bindOutput } from './bind-output.js';
import type { CommandContext } from './command-context.js';
import { UsageError } from './exit.js';

export interface StartRunOptions {
  context: CommandContext;
  client: Client;
  connection: Connection;
  planned: PlannedRun;
  /** For the run's name, instead of the output folder's. */
  name?: string;
  /** This command will work on the run itself, with these settings. */
  works?: boolean;
  say: (message: string) => void;
}

export interface StartedRun {
  identity: RunIdentity;
  /** The run was open already, with the same plan. */
  attached: boolean;
  paused: boolean;
  /** To be released once this command's worker is there. */
  claim?: RunClaim;
}

/**
 * Puts everything a run needs into its folder, and starts its root workflow or finds it open.
 *
 * @throws UsageError where the folder cannot be written, or belongs to a run that somebody else is at work on
 */
export async function startRun(options: StartRunOptions): Promise<StartedRun> {
  const { context, name, works = false, say } = options;
  const bound = await bindOutput(context.store, context.target, { name, say });
  const claim = works ? await claimRun(context.store) : undefined;
  try {
    return { ...(await putInForce(options, bound, claim)), ...(claim && { claim }) };
  } catch (error) {
    await claim?.release();
    throw error;
  }
}

async function putInForce(
  options: StartRunOptions,
  before: RunIdentity,
  claim: RunClaim | undefined,
): Promise<StartedRun> {
  const { context, client, planned, say } = options;
  const { store, loaded } = context;
  const { settings } = loaded;
  const { plan } = planned;
  const oneModel = plan.models.logical === plan.models.large && settings.API.BASE_URL === settings.API.LARGE_BASE_URL;
  const queues = taskQueuesFor(before.run, plan.program, oneModel);
  const identity: RunIdentity = { ...before, plan: plan.fingerprint, queues };
  const open = await describeOpen(client, identity.run);
  const attached = isSameRun(open, identity);
  const changes = open === undefined || attached ? [] : await describeChangesSince(store, open, plan);
  if (changes.some((change) => change !== RETRY_CHANGE)) await requireAlone(store, changes, claim?.worker);

  await storePlan(store, planned);
  const paused = await putLimitsInForce(store, settings);
  if (!attached) {
    if (open !== undefined) await endOldRoot(client, before.run, changes, say);
    (await describeReplaced(store, plan)).forEach(say);
  }
  // Before the root: whatever ends this command, workers find the run that they are to work on.
  await writeIdentity(store, identity);
  if (!attached) await startRoot(options, identity);
  return { identity, attached, paused };
}

/** Says whether the run is paused. Written only where it changes something: a `pause` given at this moment must not be lost. */
async function putLimitsInForce(store: Store, settings: Settings): Promise<boolean> {
  const control = await readControl(store);
  const paused = control?.paused ?? false;
  const wanted: Control = { ...limitsOf(settings), paused };
  if (hashOf([control]) !== hashOf([wanted])) await writeControl(store, wanted);
  return paused;
}

type OpenRoot = WorkflowExecutionDescription | undefined;

type RootMemo = Pick<RunIdentity, 'plan' | 'queues'>;

/** What an open root was started with. */
function readMemo(open: OpenRoot): RootMemo | undefined {
  const { plan, queues } = (open?.memo ?? {}) as Partial<RootMemo>;
  return plan === undefined || queues === undefined ? undefined : { plan, queues };
}

function isSameRun(open: OpenRoot, { plan, queues }: RunIdentity): boolean {
  return hashOf([readMemo(open)]) === hashOf([{ plan, queues }]);
}

async function startRoot(
  { context: { store, target, loaded }, client, connection, planned, say }: StartRunOptions,
  identity: RunIdentity,
): Promise<void> {
  const { settings } = loaded;
  const { run, plan, queues } = identity;
  const { isSearchable, note } = await ensureSearchAttributes(connection, target);
  if (note !== undefined) say(note);
  const context: RunContext = {
    run,
    plan,
    queues: { io: queues.io, logical: queues.logical, large: queues.large },
    settings: planned.plan.settings,
    callTimeoutMs: settings.LIMITS.REQUEST_TIMEOUT * 1_000,
    ...(isSearchable && { isSearchable }),
  };
  try {
    await client.workflow.start<typeof generateDataset>('generateDataset', {
      workflowId: run,
      taskQueue: queues.workflows,
      args: [{ context, openChunks: openChunksFor(settings.SYSTEM.CONCURRENCY_LIMIT) }],
      memo: { plan, queues, output: store.location },
      staticSummary: `dataset from ${describeInput(planned.plan)}`,
      ...(isSearchable && { typedSearchAttributes: startAttributes(run) }),
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    await writeIdentity(store, { ...identity, ...readMemo(await describeOpen(client, run)) });
    throw new UsageError(`Another command has just started ${run}; give this one again to join it`);
  }
}

async function describeOpen(client: Client, run: string): Promise<WorkflowExecutionDescription | undefined> {
  try {
    const described = await client.workflow.getHandle(run).describe();
    return described.status.name === 'RUNNING' ? described : undefined;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

async function describeChangesSince(store: Store, open: OpenRoot, now: RunPlan): Promise<string[]> {
  const memo = readMemo(open);
  const before = memo && (await readPlan(store, memo.plan));
  const changes = before === undefined ? [] : describeChanges(before, now);
  return changes.length === 0 ? ['how the models are reached'] : changes;
}

/**
 * `run` in another terminal calls the models with settings of its own: under a run with others it would go on asking at
 * the old address with the old key. Worker processes are another thing: they are there to be started anew under.
 */
async function requireAlone(store: Store, changes: string[], self: string | undefined): Promise<void> {
  const others = (await confirmLiveWorkers(store)).filter(({ host, worker }) => host === 'run' && worker !== self);
  if (others.length === 0) return;
  throw new UsageError(
    `Another \`augmentoolkit run\` is at work in ${store.location} (${others.map(({ worker }) => worker).join(', ')}), ` +
      `and this one differs in ${changes.join(', ')}. Stop the other with Ctrl-C first, or choose another PATH.OUTPUT`,
  );
}

/** Its calls are in the journal, so ending it costs nothing. */
async function endOldRoot(
  client: Client,
  run: string,
  changes: string[],
  say: (message: string) => void,
): Promise<void> {
  say(
    `Changed since this run was started: ${changes.join(', ')}. It is started anew; answers that still fit are taken from the journal.`,
  );
  try {
    await client.workflow.getHandle(run).terminate('started anew with other settings or input');
  } catch (error) {
    // It came to its end by itself meanwhile.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/** A run of another kind in the same folder takes the dataset's place: nothing is lost, but it should not come unsaid. */
async function describeReplaced(store: Store, { settings }: RunPlan): Promise<string[]> {
  const summary = await readSummary(store);
  if (summary === undefined) return [];
  const { rows, settings: before } = summary;
  const isSameKind = before.until === settings.until && before.assistantMode === settings.assistantMode;
  if (rows === 0 || isSameKind) return [];
  return [
    `The ${rows} conversations of the last run leave the dataset, since SYSTEM.ASSISTANT_MODE or --until is another now. ` +
      'Their answers stay in the journal: a run with the old settings brings them back without a call.',
  ];
}

function describeInput({ documents }: RunPlan): string {
  const [first] = documents;
  return documents.length === 1 && first !== undefined ? first.textname : `${documents.length} texts`;
}
