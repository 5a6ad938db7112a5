import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lease } from '../../src/store/leases.js';
import { readJson } from './dataset.js';

/** Why the limiters of an output's workers are closed, as their leases say; also of workers that were killed. */
export async function readClosedReasons(output: string): Promise<string[]> {
  const leases = await readOpenLeases(output);
  return leases.flatMap(({ limiters }) => Object.values(limiters).flatMap(({ closed }) => closed?.reason ?? []));
}

/** Whether a worker has its lease; a `run` that is about to have one shows itself without queues. */
export async function hasWorker(output: string): Promise<boolean> {
  return (await readOpenLeases(output)).some(({ queues }) => queues.length > 0);
}

/** The leases that no clean stop has closed. */
async function readOpenLeases(output: string): Promise<Lease[]> {
  const folder = 'state/workers';
  const names = await readdir(join(output, folder)).catch(() => []);
  const whole = names.filter((name) => name.endsWith('.json'));
  const leases = await Promise.all(
    // One that only showed that a run begins may be gone by now.
    whole.map((name) => readJson<Lease>(output, join(folder, name)).catch(() => undefined)),
  );
  return leases.filter((lease) => lease !== undefined).filter(({ closed }) => !closed);
}
