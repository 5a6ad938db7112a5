import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import type { Workbench } from '../support/command-line.js';
import { describeTrial, figuresOf } from './figures.js';
import { readOptions } from './options.js';
import { OUTAGE_CONDITIONS, runOutage } from './outage.js';
import { runReference, runTrial, type Conditions, type TrialResult } from './trial.js';
import { drawTrial } from './trial-plan.js';

const options = readOptions(process.argv.slice(2));
const say = (message: string) => process.stderr.write(`${message}\n`);
let bench: Workbench | undefined;
const onOpen = (opened: Workbench) => void (bench = opened);

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    say('Stopping: ending everything that was started.');
    void Promise.resolve(bench?.close()).finally(() => process.exit(1));
  });
}

const startedAt = performance.now();
const input = resolve(options.input);
const conditions: Conditions = {
  input,
  limit: options.limit,
  latencyMs: options.latency,
  jitterMs: options.jitter,
  settings: [],
};
const results: TrialResult[] = [];
const note = (result: TrialResult) => {
  results.push(result);
  say(describeTrial(result));
};

const reference = await runReference(conditions, onOpen);
say(`undisturbed: ${reference.chunks} chunks, ${reference.calls.length} calls, ${reference.seconds.toFixed(1)} s`);
for (let seed = options.from; seed < options.from + options.seeds; seed += 1) {
  const plan = drawTrial(seed, reference.calls.length);
  say(`seed ${seed}: ${plan.layout}, workers: ${plan.workers}`);
  note(await runTrial(plan, { conditions, reference, keep: options.keep, onOpen }));
}
if (options.outages) {
  const slow = { ...OUTAGE_CONDITIONS, input };
  const quick = await runReference({ ...slow, latencyMs: 0, jitterMs: 0 }, onOpen);
  for (const workers of [1, 2]) {
    say(`the server is away, workers: ${workers}`);
    note(await runOutage(workers, { conditions: slow, reference: quick, keep: options.keep, onOpen }));
  }
}

const figures = figuresOf(results, {
  conditions: {
    node: process.version,
    cpus: cpus().length,
    // Others' work on this machine makes everything slower.
    machineLoad: Math.round(loadavg()[0] ?? 0),
    chunks: reference.chunks,
    callsUndisturbed: reference.calls.length,
    limit: options.limit,
    latencyMs: options.latency,
    jitterMs: options.jitter,
  },
  seconds: (performance.now() - startedAt) / 1_000,
});
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exitCode = figures.violations.length === 0 ? 0 : 1;
