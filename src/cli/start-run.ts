import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Settings } from '../config/schema.js';
import type { TemporalTarget } from '../config/temporal-target.js';
import type { PlannedRun } from '../planning/make-plan.js';
import { storePlan } from '../planning/make-plan.js';
import type { RunSummary } from '../outputs/run-summary.js';
import { describeChanges, readPlan, type RunPlan } from '../planning/run-plan.js';
import { openChunksFor } from '../planning/windows.js';
import type { RunContext } from '../records.js';
import { hashOf } from '../store/canonical.js';
import { readControl, writeControl } from '../store/control.js';
import type { RunIdentity } from '../store/identity.js';
import { claimIdentity, readIdentity, writeIdentity } from '../store/identity.js';
import { readLiveWorkers } from '../store/leases.js';
import { RUN_FILES } from '../store/run-files.js';
import type { Store } from '../store/store.js';
import { taskQueuesFor } from '../temporal/queues.js';
import type { generateDataset } from '../workflows/generate-dataset.js';
import type { CommandContext } from './command-context.js';
import { UsageError } from './exit.js';

export interface StartRunOptions {
  context: CommandContext;
  client: Client;
  planned: PlannedRun;
  /** For the run's name, instead of the output folder's. */
  name?: string;
  say: (message: string) => void;
}

export interface StartedRun {
  identity: RunIdentity;
  /** The run was open already, with the same plan. */
  attached: boolean;
  paused: boolean;
}

/** Puts everything a run needs into its folder, and starts its root workflow or finds it open. */
export async function startRun({ context, client, planned, name, say }: StartRunOptions): Promise<StartedRun> {
  const { store, target, loaded } = context;
  await requireWritable(store);
  const { settings } = loaded;
  const { plan } = planned;
  const before = await bindOutput(store, target, name);
  if (name !== undefined && !before.run.startsWith(`${slug(name)}-`)) {
    say(`--name ${name} is not used: ${store.location} holds the run ${before.run}`);
  }

  await storePlan(store, planned);
  const paused = (await readControl(store))?.paused ?? false;
  await writeControl(store, { paused, concurrencyLimit: settings.SYSTEM.CONCURRENCY_LIMIT });

  const oneModel = plan.models.logical === plan.models.large && settings.API.BASE_URL === settings.API.LARGE_BASE_URL;
  const queues = taskQueuesFor(before.run, plan.program, oneModel);
  const identity: RunIdentity = { ...before, plan: plan.fingerprint, queues };
  const open = await describeOpen(client, identity.run);
  const attached = isSameRun(open, identity);
  if (open !== undefined && !attached) await endOldRoot(client, store, before, planned, say);
  if (!attached) {
    (await describeReplaced(store, plan)).forEach(say);
    await startRoot(client, store, identity, planned, settings);
  }
  await writeIdentity(store, identity);
  return { identity, attached, paused };
}

type OpenRoot = WorkflowExecutionDescription | undefined;

function isSameRun(open: OpenRoot, { plan, queues }: RunIdentity): boolean {
  return open?.memo?.['plan'] === plan && hashOf(open.memo['queues']) === hashOf(queues);
}

async function startRoot(
  client: Client,
  store: Store,
  { run, plan, queues }: RunIdentity,
  planned: PlannedRun,
  settings: Settings,
): Promise<void> {
  const context: RunContext = {
    run,
    plan,
    queues,
    models: planned.plan.models,
    settings: planned.plan.settings,
    callTimeoutMs: settings.LIMITS.REQUEST_TIMEOUT * 1_000,
  };
  try {
    await client.workflow.start<typeof generateDataset>('generateDataset', {
      workflowId: run,
      taskQueue: queues.workflows,
      args: [{ context, openChunks: openChunksFor(settings.SYSTEM.CONCURRENCY_LIMIT) }],
      memo: { plan, queues, output: store.location },
      staticSummary: `dataset from ${describeInput(planned)}`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    throw new UsageError(`Another command has just started ${run}; give this one again to join it`);
  }
}

/** @throws UsageError where OUTPUT cannot be written */
export async function requireWritable(store: Store): Promise<void> {
  try {
    await store.write('state/writable', '');
    await store.remove('state/writable');
  } catch (error) {
    throw new UsageError(
      `PATH.OUTPUT ${store.location} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}); choose another folder, or give yourself the right to write there`,
    );
  }
}

/** One folder is one run, on one server. It may move to another only when no worker is at work on it. */
async function bindOutput(
  store: Store,
  { address, namespace }: TemporalTarget,
  name: string | undefined,
): Promise<RunIdentity> {
  const known = await readIdentity(store);
  if (known === undefined) {
    const run = `${slug(name ?? basename(store.location))}-${randomBytes(3).toString('hex')}`;
    return claimIdentity(store, { run, address, namespace, plan: '', queues: taskQueuesFor(run, '', false) });
  }
  if (known.address === address && known.namespace === namespace) return known;
  const workers = (await readLiveWorkers(store)).map(({ worker }) => worker);
  if (workers.length === 0) return { ...known, address, namespace };
  throw new UsageError(
    `${store.location} is being worked on through the Temporal server ${known.address}, namespace ${known.namespace}; ` +
      `stop its worker (${workers.join(', ')}) first, or choose another PATH.OUTPUT`,
  );
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

/** Its calls are in the journal, so ending it costs nothing. */
async function endOldRoot(
  client: Client,
  store: Store,
  { run, plan }: RunIdentity,
  planned: PlannedRun,
  say: (message: string) => void,
): Promise<void> {
  const before = await readPlan(store, plan);
  const changes = before === undefined ? [] : describeChanges(before, planned.plan);
  if (changes.length === 0) changes.push('how the models are reached');
  say(
    `Changed since this run was started: ${changes.join(', ')}. It is started anew; answers that still fit are taken from the journal.`,
  );
  await client.workflow.getHandle(run).terminate('started anew with other settings or input');
}

/** A run of another kind in the same folder takes the dataset's place: nothing is lost, but it should not come unsaid. */
async function describeReplaced(store: Store, { settings }: RunPlan): Promise<string[]> {
  const text = await store.read(RUN_FILES.summary);
  if (text === undefined) return [];
  const { rows, settings: before } = JSON.parse(text) as RunSummary;
  const isSameKind = before.until === settings.until && before.assistantMode === settings.assistantMode;
  if (rows === 0 || isSameKind) return [];
  return [
    `The ${rows} conversations of the last run leave the dataset, since SYSTEM.ASSISTANT_MODE or --until is another now. ` +
      'Their answers stay in the journal: a run with the old settings brings them back without a call.',
  ];
}

function describeInput({ documents }: PlannedRun): string {
  const [first] = documents;
  return documents.length === 1 && first !== undefined ? first.textname : `${documents.length} texts`;
}

function slug(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/[^\w]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return ascii === '' ? 'run' : ascii.toLowerCase();
}
