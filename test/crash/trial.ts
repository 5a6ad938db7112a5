import { readdir } from 'node:fs/promises';
import type { Rehearsal } from '../../src/rehearsal/server.js';
import type { RunSummary } from '../../src/outputs/run-summary.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { until, Workbench } from '../support/command-line.js';
import { readComparable, readJson } from '../support/dataset.js';
import { readPaidTwoWays } from '../support/paid.js';
import { Crew } from './crew.js';
import { disturb, type Scene } from './disturb.js';
import { KillLog } from './kill-log.js';
import { LoadLog, type Load, type Recovery } from './load-log.js';
import type { Disturbance, TrialPlan } from './trial-plan.js';
import { differingFiles, findViolations, isTemporary, type Result, type Violation } from './violations.js';

/** What all runs of a proof have in common. */
export interface Conditions {
  /** Text or folder, an absolute path. */
  input: string;
  /** Calls in flight at the same time. */
  limit: number;
  latencyMs: number;
  jitterMs: number;
  /** Settings that differ from the defaults, as in `SYSTEM.SEED=2`. */
  settings: readonly string[];
}

/** An undisturbed run. */
export interface Reference extends Result {
  chunks: number;
  /** Ids of all calls. */
  calls: string[];
  loads: Load[];
  seconds: number;
}

/** What was done to a run, and when. */
export type Interference = Pick<Disturbance, 'kind' | 'atCalls'>;

export interface TrialResult {
  name: string;
  /** Disturbances that came before the run's end. */
  happened: Interference[];
  calls: number;
  answered: number;
  /** Summed up over all kills of workers. */
  inFlightAtKills: number;
  repeated: number;
  atOnce: number;
  /** Files that are not as the undisturbed run wrote them. */
  differing: number;
  /** Temporary files that were being written at a kill, and lie there still. */
  leftovers: number;
  recoveries: Recovery[];
  /** `worker 1 (1): what it said last`, of processes that ended by themselves. */
  ended: string[];
  violations: Violation[];
  seconds: number;
  /** Where everything of the trial is, if it was kept. */
  kept?: string;
}

/** Told of every folder with processes that is opened, so that it can be closed from outside. */
export type OnOpen = (bench: Workbench) => void;

const OUTPUT = 'output';
const SETTLED_MS = 10_000;
/** So many times what the undisturbed run takes, and so much for each disturbance, and a run is given up. */
const PATIENCE = { times: 5, perDisturbanceMs: 120_000 };

export async function runReference(conditions: Conditions, onOpen: OnOpen): Promise<Reference> {
  const bench = await Workbench.open();
  onOpen(bench);
  const startedAt = performance.now();
  try {
    const model = await openModel(bench, conditions);
    const load = new LoadLog(model, [], async () => true);
    load.begin();
    const { code, stderr } = await bench.augmentoolkit('run', settingsOf(bench, model, conditions));
    await load.stop();
    if (code !== 0) throw new Error(`the undisturbed run ended with code ${code}: ${stderr}`);
    const result = await readResult(bench.output(OUTPUT));
    const calls = Object.keys(model.calls());
    return { ...result, chunks: result.funnel.chunks.in, calls, loads: load.loads, seconds: since(startedAt) };
  } finally {
    await bench.close();
  }
}

export interface TrialOptions {
  conditions: Conditions;
  reference: Reference;
  /** Leaves the folder of a trial with violations. */
  keep: boolean;
  onOpen: OnOpen;
}

type TrialKind = Pick<TrialPlan, 'layout' | 'workers'> & { name: string };

/** A disturbed run: what it took, and everything that was not as it must be. */
export function runTrial(plan: TrialPlan, options: TrialOptions): Promise<TrialResult> {
  return runDisturbed({ ...plan, name: `seed ${plan.seed}` }, options, async (scene, model) => {
    const happened: Interference[] = [];
    for (const disturbance of plan.disturbances) {
      const hasCome = () => model.stats().calls >= disturbance.atCalls || scene.crew.isOver;
      await until(`${disturbance.atCalls} calls are made`, hasCome, patienceMs(options));
      if (!scene.crew.isOver && (await disturb(scene, disturbance))) happened.push(disturbance);
    }
    return happened;
  });
}

/** Runs with `interfere`, which returns what it did. */
export async function runDisturbed(
  plan: TrialKind,
  options: TrialOptions,
  interfere: (scene: Scene, model: Rehearsal) => Promise<Interference[]>,
): Promise<TrialResult> {
  const { conditions, reference } = options;
  const bench = await Workbench.open();
  options.onOpen(bench);
  const startedAt = performance.now();
  let keep = false;
  try {
    const model = await openModel(bench, conditions);
    const output = bench.output(OUTPUT);
    const crew = new Crew(bench, settingsOf(bench, model, conditions), plan);
    const load = new LoadLog(model, reference.loads, () => crew.isWhole());
    const kills = new KillLog(model, output);
    crew.begin();
    load.begin();
    const { happened, incomplete } = await toTheEnd(crew, options, () =>
      interfere({ plan, bench, crew, output, kills, load }, model),
    );
    await load.stop();
    await crew.stop();
    const result = incomplete === undefined ? await readResult(output) : undefined;
    const calls = model.calls();
    const { answered, repeats } = model.stats();
    const violations = findViolations({
      ...(incomplete !== undefined && { incomplete }),
      ...(result && { result }),
      expected: reference,
      calls,
      expectedCalls: reference.calls,
      kills: kills.kills,
      atOnce: repeats.inFlight,
      paid: await readPaidTwoWays(output),
      recoveries: load.recoveries,
    });
    keep = options.keep && violations.length > 0;
    const deliveries = Object.values(calls).reduce((sum, call) => sum + call.deliveries, 0);
    return {
      name: plan.name,
      happened,
      calls: deliveries,
      answered,
      inFlightAtKills: kills.kills.reduce((sum, { size }) => sum + size, 0),
      repeated: deliveries - Object.keys(calls).length,
      atOnce: repeats.inFlight,
      differing: result === undefined ? 0 : differingFiles(result.files, reference.files).length,
      leftovers: await countTemporaryFiles(output),
      recoveries: load.recoveries,
      ended: crew.ended.map(({ name, code, lastWords }) => `${name} (${code}): ${lastWords}`),
      violations,
      seconds: since(startedAt),
      ...(keep && { kept: bench.folder }),
    };
  } finally {
    await bench.close({ keep });
  }
}

async function toTheEnd(
  crew: Crew,
  options: TrialOptions,
  interfere: () => Promise<Interference[]>,
): Promise<{ happened: Interference[]; incomplete?: string }> {
  let happened: Interference[] = [];
  try {
    happened = await interfere();
    await until('the run is complete', () => crew.isOver, patienceMs(options));
    if (crew.isComplete) return { happened };
    return { happened, incomplete: `given up after ${crew.ended.map(({ lastWords }) => lastWords).at(-1)}` };
  } catch (error) {
    return { happened, incomplete: String(error) };
  }
}

function patienceMs({ reference }: TrialOptions): number {
  return reference.seconds * 1_000 * PATIENCE.times + PATIENCE.perDisturbanceMs + SETTLED_MS;
}

function openModel(bench: Workbench, { latencyMs, jitterMs }: Conditions): Promise<Rehearsal> {
  return bench.model({ profile: 'mixed', latencyMs, jitterMs });
}

function settingsOf(bench: Workbench, model: Rehearsal, { input, limit, settings }: Conditions): string[] {
  return bench.settings(
    model,
    OUTPUT,
    `PATH.INPUT=${input}`,
    `SYSTEM.CONCURRENCY_LIMIT=${limit}`,
    // One model, so that the limit holds over all calls.
    'API.LARGE_LOGICAL_MODEL=rehearsal-small',
    ...settings,
  );
}

async function countTemporaryFiles(output: string): Promise<number> {
  return (await readdir(output, { recursive: true })).filter(isTemporary).length;
}

async function readResult(output: string): Promise<Result> {
  const [files, { funnel }] = await Promise.all([
    readComparable(output),
    readJson<RunSummary>(output, RUN_FILES.summary),
  ]);
  return { files, funnel };
}

function since(startedAt: number): number {
  return (performance.now() - startedAt) / 1_000;
}
