import { makePlan } from '../../planning/make-plan.js';
import type { RaisedRounds } from '../../planning/retry-rounds.js';
import { raiseRounds, readRetryRounds, writeRetryRounds } from '../../planning/retry-rounds.js';
import { readPlan } from '../../planning/run-plan.js';
import type { Until } from '../../records.js';
import { readBuildInfo } from '../../temporal/build-info.js';
import type { CommandContext, GlobalOptions } from '../command-context.js';
import { openContext, requireIdentity } from '../command-context.js';
import { describeNothingFailed, describeRaised } from '../describe-retry.js';
import { EXIT, type ExitCode, UsageError } from '../exit.js';
import { readChunkStates } from '../read-chunk-states.js';
import { requireKeys } from '../run-worker.js';
import { requireWritable } from '../bind-output.js';
import { runPlanned } from './run.js';
import { startPlanned } from './start.js';
import { print, printJson } from '../print.js';

export interface RetryOptions extends GlobalOptions {
  json: boolean;
  /** As `start` does, instead of as `run` does. */
  start: boolean;
  /** Instead of how far the run went so far. */
  until?: Until;
}

/** Raises the round of everything that failed, and goes on as `run` or `start` does. */
export async function retry(options: RetryOptions): Promise<ExitCode> {
  const context = await openContext(options);
  const { until, raised, undone } = await surveyRun(context);
  if (raised.items.length === 0 && raised.unfinished === 0) return reportNothing(context, undone, options.json);

  if (!options.start) requireKeys(context);
  const build = await readBuildInfo();
  const planned = await makePlan({
    settings: context.loaded.settings,
    until: options.until ?? until,
    program: build.program,
    retries: raised.rounds,
  });
  await requireWritable(context.store);
  // From here on it is in the folder: whatever ends this command, the next `run` goes on with it.
  await writeRetryRounds(context.store, raised.rounds);
  const ready = { context, build, planned, note: describeRaised(raised) };
  return options.start ? startPlanned(ready, options) : runPlanned(ready, options);
}

interface Survey {
  /** How far the run goes. */
  until: Until;
  raised: RaisedRounds;
  /** Chunks without a record. */
  undone: number;
}

/** What of the run in OUTPUT failed. */
async function surveyRun(context: CommandContext): Promise<Survey> {
  const { store } = context;
  const { plan: fingerprint, run } = await requireIdentity(context);
  const plan = await readPlan(store, fingerprint);
  const before = await readRetryRounds(store);
  const states = await readChunkStates(store, fingerprint);
  const isRetrying = Object.keys(before).length > 0;
  if (plan === undefined || (states === undefined && !isRetrying)) {
    throw new UsageError(
      `The run ${run} in ${store.location} has not been prepared, so nothing of it can have failed; ` +
        '`npx augmentoolkit run` goes on with it',
    );
  }
  const { until } = plan.settings;
  if (states === undefined) {
    const unfinished = Object.keys(before).length;
    return { until, raised: { rounds: before, items: [], chunks: 0, unfinished }, undone: 0 };
  }
  const undone = states.filter(({ failed }) => failed === undefined).length;
  return { until, raised: raiseRounds(before, states), undone };
}

function reportNothing({ store }: CommandContext, undone: number, json: boolean): ExitCode {
  const result = { type: 'result', exitCode: EXIT.done, output: store.location, state: 'nothing failed', undone };
  if (json) printJson(result);
  else print(describeNothingFailed(undone));
  return EXIT.done;
}
