import { rmSync, watch } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DATASET_FILES } from '../../src/outputs/dataset.js';
import type { Workbench } from '../support/command-line.js';
import { until } from '../support/command-line.js';
import type { Crew } from './crew.js';
import type { KillLog } from './kill-log.js';
import type { LoadLog } from './load-log.js';
import { targetsOf, workerNames, type Disturbance, type Place, type TrialPlan } from './trial-plan.js';

export interface Scene {
  plan: Pick<TrialPlan, 'layout' | 'workers'>;
  bench: Workbench;
  crew: Crew;
  output: string;
  kills: KillLog;
  load: LoadLog;
}

const SERVER_DEADLINE_MS = 60_000;

/** Kills what is to be killed, and does then what a person does. Returns whether it came to that before the run ended. */
export async function disturb(scene: Scene, disturbance: Disturbance): Promise<boolean> {
  const { crew, plan } = scene;
  const targets = targetsOf(plan, disturbance);
  const server = targets.server ? await findServer(scene) : undefined;
  if ((await crew.find(targets.processes)) === undefined) return false;
  if (disturbance.kind === 'worker writing' && !(await seeWriting(scene, disturbance.place))) return false;

  const gone = crew.kill(targets.processes);
  if (server !== undefined) killServer(server, targets.database);
  await gone;
  const hitWorkers = workerNames(plan).some((name) => targets.processes.includes(name));
  if (hitWorkers) await scene.kills.note();
  if (hitWorkers || targets.server) scene.load.disturbed(disturbance.kind);
  crew.release(targets.processes, disturbance.restartMs);
  if (disturbance.kind === 'command') await killWhileStarting(scene, disturbance);
  if (targets.server && disturbance.startsServer) {
    await sleep(disturbance.restartMs);
    await crew.startServer();
  }
  return true;
}

export interface Server {
  pid: number;
  database: string;
}

/** The process of the local server, as soon as it runs; nothing where the run ends first. */
export async function findServer({ bench, crew }: Scene): Promise<Server | undefined> {
  let server = await bench.server();
  const look = async () => {
    server = await bench.server();
    return server.pid !== undefined || crew.isOver;
  };
  if (server.pid === undefined) await until('the server runs', look, SERVER_DEADLINE_MS);
  return server.pid === undefined ? undefined : { pid: server.pid, database: server.database };
}

export function killServer({ pid, database }: Server, withDatabase: boolean): void {
  process.kill(pid, 'SIGKILL');
  // At once, before anybody starts a new server on these files.
  if (withDatabase) for (const ending of ['', '-wal', '-shm']) rmSync(`${database}${ending}`, { force: true });
}

/** Gives the command again, and kills it while it starts. */
async function killWhileStarting({ crew, plan, kills }: Scene, { command, startingMs }: Disturbance): Promise<void> {
  if (plan.layout === 'together') {
    if ((await crew.find(['run'])) === undefined) return;
    await sleep(startingMs);
    await crew.kill(['run']);
    await kills.note();
    crew.release(['run'], 0);
  } else if (command === 'start') {
    const starting = crew.spawn('start');
    await sleep(startingMs);
    starting.kill('SIGKILL');
  }
}

/** Returns when a worker begins to write there; false where the run ends first. */
async function seeWriting({ crew, output }: Scene, place: Place): Promise<boolean> {
  let sawIt: () => void = () => {};
  const seen = new Promise<true>((done) => (sawIt = () => done(true)));
  const watchers = (await foldersOf(output, place)).map((folder) =>
    // The folder of a chunk that ends is taken away.
    watch(folder, (_event, name) => isOf(place, name ?? '') && sawIt()).on('error', () => {}),
  );
  try {
    return await Promise.race([seen, crew.over.then(() => false)]);
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}

async function foldersOf(output: string, place: Place): Promise<string[]> {
  if (place === 'dataset') return [output];
  const folder = join(output, place);
  await mkdir(folder, { recursive: true });
  if (place === 'records') return [folder];
  const entries = await readdir(folder, { withFileTypes: true });
  return [folder, ...entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name))];
}

function isOf(place: Place, name: string): boolean {
  if (!name.endsWith('.tmp')) return false;
  return place !== 'dataset' || Object.values(DATASET_FILES).some((file) => name.startsWith(file));
}
