import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Finished, Workbench } from '../support/command-line.js';
import { finish, until } from '../support/command-line.js';
import { processNames, type TrialPlan } from './trial-plan.js';

/** How often a command is given before the run is taken for one that never ends. */
const MOST_TIMES = 40;
/** How soon a command is given again that ended by itself. */
const AGAIN_MS = 1_000;

/** A process that ended by itself before its run did. */
export interface Ended {
  name: string;
  code: number | null;
  lastWords: string;
}

/** The processes of a run, and the person who gives each command again until the run is complete. */
export class Crew {
  readonly ended: Ended[] = [];
  /** Settles when the run is complete, or given up. */
  readonly over: Promise<void>;
  #outcome: 'completed' | 'given up' | undefined;
  #settle: () => void = () => {};
  readonly #living = new Map<string, ChildProcess>();
  /** Those that stay down for now, each with how it is let go. */
  readonly #held = new Map<string, PromiseWithRelease>();
  #kept: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly bench: Workbench,
    private readonly settings: readonly string[],
    private readonly plan: Pick<TrialPlan, 'layout' | 'workers'>,
  ) {
    this.over = new Promise((done) => (this.#settle = done));
  }

  begin(): void {
    this.#kept = Promise.all(processNames(this.plan).map((name) => this.#keep(name))).catch((error: unknown) => {
      // Everything is being ended from outside.
      this.ended.push({ name: 'harness', code: null, lastWords: String(error) });
      this.#end('given up');
    });
  }

  get isOver(): boolean {
    return this.#outcome !== undefined;
  }

  get isComplete(): boolean {
    return this.#outcome === 'completed';
  }

  /** Whether everything is there that the run needs from us. */
  async isWhole(): Promise<boolean> {
    return processNames(this.plan).every((name) => this.#living.has(name)) && (await this.bench.serverListens());
  }

  /** Starts a command that nobody gives again. */
  spawn(command: string): ChildProcess {
    return this.bench.spawn(command, [...this.settings]);
  }

  startServer(): Promise<Finished> {
    return this.bench.augmentoolkit('server', ['start']);
  }

  /** Waits until these run. Nothing where the run ends first. */
  async find(names: readonly string[]): Promise<ChildProcess[] | undefined> {
    await until(`${names.join(', ')} run`, () => this.isOver || names.every((name) => this.#living.has(name)), 120_000);
    return this.isOver ? undefined : names.flatMap((name) => this.#living.get(name) ?? []);
  }

  /** Kills these at once, and keeps them down until `release`. */
  kill(names: readonly string[]): Promise<unknown> {
    const children = names.flatMap((name) => this.#living.get(name) ?? []);
    for (const name of names) this.#held.set(name, withRelease());
    const gone = children.map((child) => once(child, 'exit'));
    for (const child of children) child.kill('SIGKILL');
    return Promise.all(gone);
  }

  release(names: readonly string[], pauseMs: number): void {
    for (const name of names) this.#held.get(name)?.release(pauseMs);
  }

  /** Ends what still runs, as a person does: with SIGTERM. */
  async stop(): Promise<void> {
    this.#end('given up');
    this.release([...this.#held.keys()], 0);
    for (const child of this.#living.values()) child.kill('SIGTERM');
    await this.#kept;
  }

  async #keep(name: string): Promise<void> {
    const isLeader = name === 'run' || name === 'watch';
    let restart: 'as it was' | 'from the start' = 'from the start';
    for (let times = 1; !this.isOver; times += 1) {
      if (times > MOST_TIMES) return this.#end('given up');
      // A run that its server does not know any more has to be started before it can be watched.
      if (name === 'watch' && restart === 'from the start') await this.#run(name, 'start');
      if (this.isOver) return;
      const finished = await this.#run(name, name.replace(/ .*/, ''));
      if (finished.code === 0 && isLeader) return this.#end('completed');
      restart = await this.#afterEnd(name, finished);
    }
  }

  #end(outcome: 'completed' | 'given up'): void {
    this.#outcome ??= outcome;
    this.#settle();
  }

  async #afterEnd(name: string, { code, stderr }: Finished): Promise<'as it was' | 'from the start'> {
    const held = this.#held.get(name);
    if (held === undefined) {
      if (!this.isOver) this.ended.push({ name, code, lastWords: stderr.trim().split('\n').slice(-2).join(' | ') });
      await sleep(this.isOver ? 0 : AGAIN_MS);
      return 'from the start';
    }
    await sleep(await held.released);
    this.#held.delete(name);
    return 'as it was';
  }

  async #run(name: string, command: string): Promise<Finished> {
    const child = this.spawn(command);
    this.#living.set(name, child);
    const finished = await finish(child);
    this.#living.delete(name);
    return finished;
  }
}

interface PromiseWithRelease {
  /** How long to wait then. */
  released: Promise<number>;
  release(pauseMs: number): void;
}

function withRelease(): PromiseWithRelease {
  let release: (pauseMs: number) => void = () => {};
  const released = new Promise<number>((done) => (release = done));
  return { released, release };
}
