import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { ProfileName } from '../../src/rehearsal/profiles.js';
import type { CallHistory, RehearsalStats } from '../../src/rehearsal/stats.js';
import type { Workbench } from '../../test/support/command-line.js';

export interface ModelOptions {
  latencyMs: number;
  jitterMs?: number;
  profile?: ProfileName;
  judgeNo?: number;
  /** Further options of `augmentoolkit rehearsal`, as in `['--rpm', '600']`. */
  more?: readonly string[];
}

/** The rehearsal model in a process of its own, so that its work is not ours. */
export class ModelProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** What belongs into BASE_URL. */
    readonly url: string,
  ) {}

  static async start(bench: Workbench, options: ModelOptions): Promise<ModelProcess> {
    const { latencyMs, jitterMs = 0, profile = 'agreeable', judgeNo, more = [] } = options;
    const shares = judgeNo === undefined ? {} : { 'judge-no': judgeNo };
    const given = { port: 0, latency: latencyMs, jitter: jitterMs, profile, ...shares };
    const args = Object.entries(given).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = bench.spawn('rehearsal', [...args, ...more]);
    return new ModelProcess(child, await addressSaid(child));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  stats(): Promise<RehearsalStats> {
    return this.#page('/stats') as Promise<RehearsalStats>;
  }

  /** What became of each call, by its id. */
  calls(): Promise<Record<string, CallHistory>> {
    return this.#page('/stats/calls') as Promise<Record<string, CallHistory>>;
  }

  /** What it allows from now on; one that is left out is no limit. */
  async setLimits(limits: { rpm?: number; tpm?: number }): Promise<void> {
    await fetch(new URL('/limits', this.url), { method: 'PUT', body: JSON.stringify(limits) });
  }

  /** Ends it as an outage would, in the midst of its calls. */
  async kill(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  /** A kept connection may be closed by the other side just when it is used; then it is asked once more. */
  async #page(path: string): Promise<unknown> {
    const address = new URL(path, this.url);
    const response = await fetch(address).catch(() => fetch(address));
    return response.json();
  }
}

async function addressSaid(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the output of the rehearsal model is to be read');
  let complaint = '';
  stderr.on('data', (data: Buffer) => void (complaint += data.toString()));
  for await (const line of createInterface({ input: stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+\/v1/.exec(line)?.[0];
    if (url !== undefined) {
      stdout.resume();
      return url;
    }
  }
  throw new Error(`the rehearsal model did not start: ${complaint.trim()}`);
}
