import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { BENCHMARKS } from '../../bench/index.js';
import { finish, type Finished, until } from '../support/command-line.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const MINUTES = 60_000;

const temporaryFolder = temporaryFolders();

const reading = z.strictObject({
  name: z.string(),
  figure: z.number(),
  unit: z.string(),
  goal: z.union([z.strictObject({ atMost: z.number() }), z.strictObject({ atLeast: z.number() })]),
  ideal: z.number().nullable(),
  met: z.boolean(),
});
const report = reading.extend({
  others: z.array(reading),
  conditions: z.looseObject({
    size: z.literal('small'),
    cores: z.int().positive(),
    node: z.literal(process.version),
    loadAtStart: z.number(),
  }),
  details: z.record(z.string(), z.unknown()),
});

/** In a folder for temporary files of its own, so that what is left behind can be seen. */
function start(folder: string, args: string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'bench/run.ts', ...args], {
    env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function bench(folder: string, args: string[]): Promise<Finished> {
  return finish(start(folder, args));
}

/** Of the programs it started, and their folders; the loader of TypeScript keeps one, too. */
async function leftIn(folder: string): Promise<string[]> {
  const folders = (await readdir(folder)).filter((name) => name.startsWith('augmentoolkit-'));
  return [...folders, ...(await processesIn(folder))];
}

/** Processes that were given a path in this folder. Only Linux tells; elsewhere there are none. */
async function processesIn(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const told = await Promise.all(
    pids.map((pid) =>
      Promise.all(['environ', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => ''))),
    ),
  );
  return told.filter((texts) => texts.some((text) => text.includes(folder))).map(([, command = '']) => command);
}

describe('npm run bench', () => {
  it.each(BENCHMARKS.map(({ name }) => name))(
    '%s runs, prints one line and leaves nothing behind',
    async (name) => {
      const folder = await temporaryFolder();
      const { code, stdout, stderr } = await bench(folder, ['--small', name]);
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      expect(report.parse(JSON.parse(stdout)).name).toBe(name);
      expect(await leftIn(folder)).toEqual([]);
    },
    5 * MINUTES,
  );

  it(
    'leaves nothing behind where it is stopped',
    async () => {
      const folder = await temporaryFolder();
      const child = start(folder, ['--small', 'makespan']);
      const finished = finish(child);
      const hasServer = async () => (await readdir(folder, { recursive: true })).some((path) => path.endsWith('.txt'));
      await until('the server runs, and texts are written', hasServer);
      child.kill('SIGINT');
      expect(await finished).toMatchObject({ code: 1, stdout: '' });
      expect(await leftIn(folder)).toEqual([]);
    },
    MINUTES,
  );

  it('says what there is', async () => {
    const { code, stdout } = await bench(await temporaryFolder(), ['--list']);
    const names = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(':')[0]);
    expect({ code, names }).toEqual({ code: 0, names: BENCHMARKS.map(({ name }) => name) });
  });

  it('names what there is where a benchmark is unknown', async () => {
    const { code, stderr } = await bench(await temporaryFolder(), ['makespam']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('makespan-mixed') });
  });
});
