import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunStatus } from '../../src/cli/run-status.js';
import { Workbench } from '../support/command-line.js';

const MINUTES = 60_000;

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
}, 10 * MINUTES);
afterAll(() => bench.close(), MINUTES);

describe('status of a run that has ended', () => {
  let settings: string[];
  beforeAll(async () => {
    const subset = ['SYSTEM.USE_SUBSET=true', 'SYSTEM.SUBSET_SIZE=2'];
    settings = bench.settings(await bench.model({ profile: 'mixed' }), 'ended', ...subset);
    await bench.augmentoolkit('run', settings);
  }, 2 * MINUTES);

  const status = async () => {
    const { stdout } = await bench.augmentoolkit('status', [...settings, '--json']);
    return JSON.parse(stdout) as RunStatus;
  };

  it(
    'is the same when the server has forgotten the run',
    async () => {
      const known = await status();
      expect(known).toMatchObject({ state: 'completed', attention: [], funnel: { chunks: { in: 2 } } });
      const { database } = JSON.parse((await bench.augmentoolkit('server', ['status', '--json'])).stdout) as {
        database: string;
      };
      await bench.augmentoolkit('server', ['stop']);
      for (const part of ['', '-wal', '-shm']) await rm(`${database}${part}`, { force: true });
      await bench.augmentoolkit('server', ['start']);
      expect(await status()).toEqual(known);
      expect(await bench.augmentoolkit('watch', settings)).toMatchObject({ code: 0 });
    },
    MINUTES,
  );

  it(
    'says where its accounts do not balance',
    async () => {
      const path = join(bench.output('ended'), 'run.json');
      const summary = await readFile(path, 'utf8');
      await writeFile(path, summary.replace(/"rows": \d+/, '"rows": 99'));
      expect((await status()).attention.join()).toMatch(/do not balance at conversations: .* 99 found/);
      await rm(path);
      const { stdout } = await bench.augmentoolkit('status', settings);
      expect(stdout).toContain('goes on from the journal');
    },
    MINUTES,
  );
});
