import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lease } from '../../src/store/leases.js';
import { readJson } from './dataset.js';

/** Why the limiters of an output's workers are closed, as their leases say; also of workers that were killed. */
export async function readClosedReasons(output: string): Promise<string[]> {
  const leases = await readOpenLeases(output);
  return leases.flatMap(({ limiters }) => Object.values(limiters).flatMap(({ closed }) => closed?.reason ?? []));
}

/** The leases that no clean stop has closed. */
async function readOpenLeases(output: string): Promise<Lease[]> {
  const folder = 'state/workers';
  const names = await readdir(join(output, folder)).catch(() => []);
  const whole = names.filter((name) => name.endsWith('.json'));
  const leases = await Promise.all(whole.map((name) => readJson<Lease>(output, join(folder, name))));
  return leases.filter(({ closed }) => !closed);
}
