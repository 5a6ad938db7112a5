import { setTimeout as sleep } from 'node:timers/promises';
import { Workbench } from '../test/support/command-line.js';
import type { Benchmark, Measured, Size } from './harness/benchmark.js';
import { machineConditions } from './harness/machine.js';
import { readOptions } from './harness/options.js';
import { lineOf, reportOf } from './harness/report.js';
import { BENCHMARKS } from './index.js';

/** A benchmark that takes longer hangs. */
const LONGEST_MS: Readonly<Record<Size, number>> = { full: 45 * 60_000, small: 3 * 60_000 };

const options = readOptions(process.argv.slice(2));
const say = (message: string) => process.stderr.write(`${message}\n`);
const benches = new Set<Workbench>();
const closeAll = () => Promise.all([...benches].map((bench) => bench.close()));

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    say('Stopping: ending everything that was started.');
    void closeAll().finally(() => process.exit(1));
  });
}

if (options.list) for (const { name, measures } of BENCHMARKS) process.stdout.write(`${name}: ${measures}\n`);
else for (const benchmark of chosen(options.names)) await measure(benchmark);

function chosen(names: readonly string[]): readonly Benchmark[] {
  const unknown = names.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
  if (unknown.length > 0) {
    say(`There is no benchmark ${unknown.join(', ')}. There are ${BENCHMARKS.map(({ name }) => name).join(', ')}.`);
    process.exit(1);
  }
  return names.length === 0 ? BENCHMARKS : BENCHMARKS.filter(({ name }) => names.includes(name));
}

async function measure(benchmark: Benchmark): Promise<void> {
  const startedAt = performance.now();
  say(`${benchmark.name}: ${benchmark.measures}`);
  try {
    const machine = await machineConditions();
    const measured = await inTime(benchmark);
    const conditions = { size: options.size, ...measured.conditions, ...machine };
    const report = reportOf(benchmark, { ...measured, conditions });
    process.stdout.write(`${lineOf(report)}\n`);
    say(`${benchmark.name}: ${report.figure} ${report.unit}, ${report.met ? 'as it should be' : 'short of its goal'}`);
  } catch (error) {
    // What fails because everything is being ended says nothing of the program.
    if (isStopping) return;
    say(`${benchmark.name} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  } finally {
    await closeAll();
    benches.clear();
    say(`${benchmark.name}: ${((performance.now() - startedAt) / 1_000).toFixed(0)} s in all`);
  }
}

async function inTime(benchmark: Benchmark): Promise<Measured> {
  const timer = new AbortController();
  const tooLong = sleep(LONGEST_MS[options.size], undefined, { signal: timer.signal }).then((): never => {
    throw new Error('it takes too long');
  });
  try {
    return await Promise.race([benchmark.run(options.size, openBench), tooLong]);
  } finally {
    timer.abort();
    tooLong.catch(() => {});
  }
}

async function openBench(): Promise<Workbench> {
  const bench = await Workbench.open();
  benches.add(bench);
  return bench;
}
