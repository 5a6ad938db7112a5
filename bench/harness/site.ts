import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import type { ProfileName } from '../../src/rehearsal/profiles.js';
import { finish, type Workbench } from '../../test/support/command-line.js';
import { ModelProcess } from './model-process.js';
import { writeTexts } from './texts.js';

/** What a run has to do, and with how many calls at the same time. */
export interface Work {
  chunks: number;
  slots: number;
  latencyMs: number;
  /** Answers come up to so much sooner or later. */
  jitterMs?: number;
  profile?: ProfileName;
  /** Further options of the model, as in `['--rpm', '600']`. */
  more?: readonly string[];
  /** Share of paragraphs that the model judges unsuitable, where that is not the profile's. */
  judgeNo?: number;
  /** Default 50. */
  chunksOfADocument?: number;
  /** Settings that differ from the defaults, as in `SYSTEM.SEED=2`. */
  settings?: readonly string[];
}

/** With our settings and an agreeable model: judge, questions, 6 of 9 votes and a revision for each of 4, 3 conversations. */
export const CALLS_PER_CHUNK = 33;

const CHUNKS_OF_A_DOCUMENT = 50;
const SEED = 1;
const SHOWN_WORDS = 600;

/** Everything that a run needs, ready to begin: server, model and texts. */
export class Site {
  private constructor(
    readonly bench: Workbench,
    readonly work: Work,
    readonly model: ModelProcess,
    readonly serverPid: number,
    private readonly serverVersion: string,
    private readonly outputName: string,
  ) {}

  static async open(bench: Workbench, work: Work): Promise<Site> {
    await requireSuccess('server', bench.spawn('server', ['start']));
    const [model, { pid = 0 }, version] = await Promise.all([
      ModelProcess.start(bench, work),
      bench.server(),
      askVersion(bench.temporalAddress),
    ]);
    const documents = Math.ceil(work.chunks / (work.chunksOfADocument ?? CHUNKS_OF_A_DOCUMENT));
    await writeTexts(join(bench.folder, 'texts'), { chunks: work.chunks, documents, seed: SEED });
    return new Site(bench, work, model, pid, version, 'output');
  }

  /** The same server and texts, with a model and an output folder of its own. */
  async another(name: string, changes: Partial<Omit<Work, 'chunks'>> = {}): Promise<Site> {
    const work = { ...this.work, ...changes };
    const model = await ModelProcess.start(this.bench, work);
    return new Site(this.bench, work, model, this.serverPid, this.serverVersion, name);
  }

  get output(): string {
    return this.bench.output(this.outputName);
  }

  get conditions(): Record<string, unknown> {
    return { jitterMs: 0, profile: 'agreeable', ...this.work, server: this.serverVersion };
  }

  /** Starts a command on the work. */
  spawn(
    command: 'run' | 'start' | 'worker' | 'pause' | 'resume' | 'estimate',
    more: readonly string[] = [],
  ): ChildProcess {
    const { slots, settings = [] } = this.work;
    const all = this.bench.settings(
      this.model,
      this.outputName,
      `PATH.INPUT=${join(this.bench.folder, 'texts')}`,
      `SYSTEM.CONCURRENCY_LIMIT=${slots}`,
      // One model, so that the limit holds over all calls.
      'API.LARGE_LOGICAL_MODEL=rehearsal-small',
      ...settings,
    );
    return this.bench.spawn(command, [...all, ...more]);
  }

  /** Starts the run without a worker. */
  async start(): Promise<void> {
    await requireSuccess('start', this.spawn('start'));
  }
}

/** Waits for the end of a command; throws with its words where it did not succeed. */
export async function requireSuccess(command: string, child: ChildProcess): Promise<void> {
  const { code, stderr } = await finish(child);
  if (code !== 0) throw new Error(`\`${command}\` ended with code ${code}: ${stderr.trim().slice(-SHOWN_WORDS)}`);
}

async function askVersion(address: string): Promise<string> {
  const connection = await Connection.connect({ address });
  try {
    return (await connection.workflowService.getSystemInfo({})).serverVersion ?? 'unknown';
  } finally {
    await connection.close();
  }
}
