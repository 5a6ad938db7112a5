import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Rehearsal, RehearsalOptions } from '../../src/rehearsal/server.js';
import { startRehearsal } from '../../src/rehearsal/server.js';
import { reach } from '../../src/temporal/reach.js';
import { twoFreePorts } from './free-port.js';

const CLIENT = resolve('dist/client.js');
const CONFIG = resolve('config.yaml');

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The real program in child processes, with a state folder, a Temporal server and output folders of its own. */
export class Workbench {
  readonly folder: string;
  readonly #ports: { temporal: number; webUi: number };
  readonly #children = new Set<ChildProcess>();
  readonly #models = new Set<Rehearsal>();
  #closed: Promise<void> | undefined;

  private constructor(folder: string, ports: { temporal: number; webUi: number }) {
    this.folder = folder;
    this.#ports = ports;
  }

  static async open(): Promise<Workbench> {
    const folder = await mkdtemp(join(tmpdir(), 'augmentoolkit-'));
    const [temporal, webUi] = await twoFreePorts();
    return new Workbench(folder, { temporal, webUi });
  }

  /** Ends everything that was started here, and lets nothing start any more; `keep`: its folder stays. */
  close({ keep = false } = {}): Promise<void> {
    return (this.#closed ??= this.#close(keep));
  }

  async #close(keep: boolean): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    await finish(this.#spawn('server', ['stop'], {}));
    for (const model of this.#models) await model.close();
    if (!keep) await rm(this.folder, { recursive: true, force: true });
  }

  /** The local server as `server status` shows it. */
  async server(): Promise<{ running: boolean; pid?: number; database: string }> {
    const { stdout } = await this.augmentoolkit('server', ['status', '--json']);
    return JSON.parse(stdout) as { running: boolean; pid?: number; database: string };
  }

  /** Whether anything listens where the local server is to be. */
  async serverListens(): Promise<boolean> {
    return (await reach(this.temporalAddress)).listens;
  }

  async model(options: Partial<RehearsalOptions> = {}): Promise<Rehearsal> {
    const defaults = { port: 0, latencyMs: 0, jitterMs: 0, profile: 'agreeable', faults: {}, seed: 1 } as const;
    const model = await startRehearsal({ ...defaults, ...options });
    this.#models.add(model);
    return model;
  }

  get temporalAddress(): string {
    return `127.0.0.1:${this.#ports.temporal}`;
  }

  get webUi(): string {
    return `http://127.0.0.1:${this.#ports.webUi}`;
  }

  output(name: string): string {
    return join(this.folder, name);
  }

  /** Settings that point a run at a model and an output folder; `more` as in `SYSTEM.SEED=2`. */
  settings(model: Pick<Rehearsal, 'url'>, output: string, ...more: string[]): string[] {
    const all = [
      `API.BASE_URL=${model.url}`,
      'API.LOGICAL_MODEL=rehearsal-small',
      'API.LARGE_LOGICAL_MODEL=rehearsal-large',
      `PATH.OUTPUT=${this.output(output)}`,
      ...more,
    ];
    return all.flatMap((setting) => ['--set', setting]);
  }

  /**
   * Starts a command; `env` is added to an environment that holds nothing of the person who runs the tests. `client` is
   * the program, where it is another build than the one under test.
   */
  spawn(command: string, args: string[] = [], env: Record<string, string> = {}, client = CLIENT): ChildProcess {
    if (this.#closed !== undefined) throw new Error(`${command} is given after the end`);
    return this.#spawn(command, args, env, client);
  }

  #spawn(command: string, args: string[], env: Record<string, string>, client = CLIENT): ChildProcess {
    const takesSettings = command !== 'rehearsal';
    const config = takesSettings && !args.includes('--config') ? ['--config', CONFIG] : [];
    const ports = [`TEMPORAL.PORT=${this.#ports.temporal}`, `TEMPORAL.UI_PORT=${this.#ports.webUi}`];
    const fixed = takesSettings ? [...config, ...ports.flatMap((setting) => ['--set', setting])] : [];
    return this.#start([client, command, ...fixed, ...args], this.folder, {
      XDG_STATE_HOME: join(this.folder, 'state'),
      ...env,
    });
  }

  /** Starts another program, of the project's own. */
  spawnNode(args: string[]): ChildProcess {
    if (this.#closed !== undefined) throw new Error(`${args.join(' ')} is started after the end`);
    return this.#start(args, process.cwd(), {});
  }

  #start(args: string[], cwd: string, env: Record<string, string>): ChildProcess {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...cleanEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    child.once('exit', () => this.#children.delete(child));
    return child;
  }

  /** Runs a command to its end. */
  augmentoolkit(
    command: string,
    args: string[] = [],
    env: Record<string, string> = {},
    client = CLIENT,
  ): Promise<Finished> {
    return finish(this.spawn(command, args, env, client));
  }
}

export async function finish(child: ChildProcess): Promise<Finished> {
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (data: Buffer) => void (output.stdout += data.toString()));
  child.stderr?.on('data', (data: Buffer) => void (output.stderr += data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

/** Waits until something is so; the deadline is for tests that would hang, not a measurement. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, deadlineMs = 60_000): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(AUGMENTOOLKIT_|TEMPORAL_|XDG_STATE_HOME|NODE_OPTIONS)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
