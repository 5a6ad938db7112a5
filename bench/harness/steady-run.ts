import type { ChildProcess } from 'node:child_process';
import { CALLS_PER_CHUNK, requireSuccess, type Site } from './site.js';
import { watchSteady, type Steady } from './steady.js';
import { requireOnce } from './whole-run.js';

/**
 * The steady part of a run, by the command `run` or by so many processes of `worker`; its rest is not waited for. Throws
 * where a call was repeated.
 */
export async function steadyRun(site: Site, by: 'run' | number = 'run'): Promise<Steady> {
  const processes = await begin(site, by);
  const ended = Promise.race([...processes].map(([name, child]) => requireSuccess(name, child))).then((): never => {
    throw new Error('a process ended within the steady part');
  });
  // The processes end with the site.
  ended.catch(() => {});
  const pids = Object.fromEntries([...processes].map(([name, { pid = 0 }]) => [name, pid]));
  const watched = watchSteady(
    site.model,
    { server: site.serverPid, model: site.model.pid, ...pids },
    site.work.chunks * CALLS_PER_CHUNK,
  );
  const steady = await Promise.race([watched, ended]);
  requireOnce(await site.model.stats());
  return steady;
}

async function begin(site: Site, by: 'run' | number): Promise<Map<string, ChildProcess>> {
  if (by === 'run') return new Map([['run', site.spawn('run')]]);
  await site.start();
  const numbers = Array.from({ length: by }, (_, index) => index + 1);
  return new Map(numbers.map((number) => [`worker ${number}`, site.spawn('worker')]));
}
