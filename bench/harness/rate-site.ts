import type { ChildProcess } from 'node:child_process';
import type { Open } from './benchmark.js';
import { CallLog } from './call-log.js';
import { Site, type Work } from './site.js';

/** Work for longer than any measurement at these rates. */
export const RATE_WORK: Work = { chunks: 300, slots: 50, latencyMs: 1_000 };

export interface RateSite {
  site: Site;
  log: CallLog;
  workers: ChildProcess[];
  /** Throws where a worker ended that was not killed. */
  close: () => Promise<void>;
}

/** A run under way, by `run` or by so many workers, with its first call made. */
export async function openRateSite(open: Open, work: Partial<Work>, workers = 0): Promise<RateSite> {
  const bench = await open();
  const site = await Site.open(bench, { ...RATE_WORK, ...work });
  if (workers > 0) await site.start();
  const children = workers === 0 ? [site.spawn('run')] : Array.from({ length: workers }, () => site.spawn('worker'));
  // Their words would fill the pipe.
  for (const child of children) [child.stdout, child.stderr].forEach((stream) => stream?.resume());
  const log = new CallLog(site.model);
  await log.untilFirstCall();
  const close = async () => {
    const ended = children.filter(({ exitCode, signalCode }) => (exitCode ?? signalCode) !== null);
    if (ended.length > 0) throw new Error('a worker ended within the measurement');
    await bench.close();
  };
  return { site, log, workers: children, close };
}
