import { parseFaults } from '../../rehearsal/options.js';
import type { ProfileName } from '../../rehearsal/profiles.js';
import { startRehearsal } from '../../rehearsal/server.js';
import { EXIT, type ExitCode } from '../exit.js';
import { listenForStop } from '../listen-for-stop.js';
import { print } from '../print.js';

export interface RehearsalCommandOptions {
  port: number;
  latency: number;
  jitter: number;
  profile: ProfileName;
  judgeNo?: number;
  faults: string;
  rpm?: number;
  tpm?: number;
  seed: number;
}

/** The rehearsal model as a server of its own, until it is stopped. */
export async function rehearsal(options: RehearsalCommandOptions): Promise<ExitCode> {
  const { port, latency, jitter, profile, judgeNo, rpm, tpm, seed } = options;
  const faults = parseFaults(options.faults);
  const model = await startRehearsal({
    port,
    latencyMs: latency,
    jitterMs: jitter,
    profile,
    faults,
    seed,
    ...(judgeNo !== undefined && { judgeNo }),
    ...(rpm !== undefined && { rpm }),
    ...(tpm !== undefined && { tpm }),
  });
  print(`The rehearsal model (${profile}) listens at ${model.url}; Ctrl-C stops it.`);
  await new Promise<void>((done) => listenForStop(() => done()));
  await model.close();
  return EXIT.done;
}
