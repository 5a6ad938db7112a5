import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../support/command-line.js';
import { findServer, killServer, type Scene } from './disturb.js';
import { runDisturbed, type Conditions, type TrialOptions, type TrialResult } from './trial.js';

/** How long the server is away: much longer than Temporal's own patience with a result that it cannot report. */
const AWAY_MS = 60_000;
const BUSY_DEADLINE_MS = 180_000;

/** Half of the calls last 25 s or more, so that many end while the server is away. Few calls in a row, to be done soon. */
export const OUTAGE_CONDITIONS: Omit<Conditions, 'input'> = {
  limit: 10,
  latencyMs: 25_000,
  jitterMs: 20_000,
  settings: [
    'SYSTEM.DOUBLE_CHECK_COUNTER=1',
    'SYSTEM.QUESTION_VERSIONS=1',
    'SYSTEM.REARRANGEMENTS_TO_TAKE=0',
    'SYSTEM.USE_SUBSET=true',
    'SYSTEM.SUBSET_SIZE=4',
  ],
};

/** A run whose server is away for a minute while its workers make slow calls. */
export function runOutage(workers: number, options: TrialOptions): Promise<TrialResult> {
  const plan = { name: `outage, workers: ${workers}`, layout: 'apart', workers } as const;
  const { limit } = options.conditions;
  // The undisturbed run was on a quick model, which shows nothing of the load.
  const loads = options.reference.calls.map((_call, answered) => ({ answered, inFlight: limit / 2 }));
  return runDisturbed(plan, { ...options, reference: { ...options.reference, loads } }, async (scene, model) => {
    // After the first calls, so that the questions' votes fill the slots.
    const isBusy = () => model.stats().inFlight.now >= limit / 2 && model.stats().answered > 0;
    await until('half of the slots are taken', isBusy, BUSY_DEADLINE_MS);
    const atCalls = model.stats().calls;
    await takeServerAway(scene);
    return [{ kind: 'server', atCalls }];
  });
}

/** Nobody watches meanwhile, since who watches brings it back. */
async function takeServerAway(scene: Scene): Promise<void> {
  const server = await findServer(scene);
  if (server === undefined || (await scene.crew.find(['watch'])) === undefined) return;
  const gone = scene.crew.kill(['watch']);
  killServer(server, false);
  await gone;
  scene.load.disturbed('server');
  await sleep(AWAY_MS);
  await scene.crew.startServer();
  scene.crew.release(['watch'], 0);
}
