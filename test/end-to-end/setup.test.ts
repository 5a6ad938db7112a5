import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Finding } from '../../src/cli/doctor/finding.js';
import { type Finished, finish, Workbench } from '../support/command-line.js';
import { completion, modelList, refusal, type StrictService, strictService } from '../support/strict-service.js';

const MINUTES = 60_000;
jest.setTimeout(5 * MINUTES);

const KEY = 'sk-planted-0123456789abcdef';

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
}, 10 * MINUTES);
afterAll(() => bench.close(), MINUTES);

const services: StrictService[] = [];
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()));
});

function init(...args: string[]): Promise<Finished> {
  const command = [resolve('dist/client.js'), 'init', ...args];
  return finish(spawn(process.execPath, command, { cwd: bench.folder, stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** A new project for the rehearsal model, with the sample text unless it is to have none. */
async function project(name: string, { texts = true } = {}): Promise<string> {
  expect(await init(name, '--provider', 'rehearsal')).toMatchObject({ code: 0, stderr: '' });
  const [sample = ''] = await readdir('samples');
  if (texts) await copyFile(join('samples', sample), join(bench.folder, name, 'texts', sample));
  return join(name, 'config.yaml');
}

interface Report {
  code: number | null;
  ok: boolean;
  findings: Finding[];
  /** `key ok`, `call skipped`, ... */
  states: string[];
}

async function doctor(config: string, set: string[], ...more: string[]): Promise<Report> {
  const settings = set.flatMap((setting) => ['--set', setting]);
  const { code, stdout, stderr } = await bench.augmentoolkit('doctor', [
    '--config',
    config,
    ...settings,
    '--json',
    ...more,
  ]);
  expect(stderr).toBe('');
  const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: Finding[] };
  return { code, ok, findings, states: findings.map(({ check, state }) => `${check} ${state}`) };
}

function messageOf({ findings }: Report, check: string): string {
  return findings.find((finding) => finding.check === check && finding.state !== 'ok')?.message ?? '';
}

async function serve(...args: Parameters<typeof strictService>): Promise<StrictService> {
  const service = await strictService(...args);
  services.push(service);
  return service;
}

describe('augmentoolkit init', () => {
  it('lists what it knows where no provider is named', async () => {
    const { code, stdout, stderr } = await init('nothing');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^ {2}together +Together AI$/m);
    expect(await readdir(bench.folder)).not.toContain('nothing');
  });

  it(
    'makes a project that a run takes as it is',
    async () => {
      const model = await bench.model();
      const config = await project('first');
      const args = ['--config', config, '--set', `API.BASE_URL=${model.url}`];
      const report = await doctor(config, [`API.BASE_URL=${model.url}`]);
      expect(report).toMatchObject({ code: 0, ok: true });
      expect(await bench.augmentoolkit('run', args)).toMatchObject({ code: 0 });
      expect(await readdir(join(bench.folder, 'first', 'output'))).toContain('messages.jsonl');

      const after = await doctor(config, [`API.BASE_URL=${model.url}`], '--no-calls');
      expect(after).toMatchObject({ code: 0 });
      const said = after.findings.map(({ message }) => message).join('\n');
      expect(said).toMatch(/a server on this machine runs at/);
      expect(said).toMatch(/holds the run output-[0-9a-f]{6}.*no worker is at work on it/);
    },
    5 * MINUTES,
  );

  it('overwrites nothing', async () => {
    const config = await project('second');
    const before = await readFile(join(bench.folder, config), 'utf8');
    const again = await init('second', '--provider', 'openai');
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toContain('config.yaml is there already, and init overwrites nothing');
    expect(await readFile(join(bench.folder, config), 'utf8')).toBe(before);
  });

  it('says what comes next, down to the commands', async () => {
    const { stdout } = await init('my book', '--provider', 'groq', '--prompts', 'traits');
    expect(stdout).toContain('https://console.groq.com/keys, and: export AUGMENTOOLKIT_API_KEY=your-key');
    expect(stdout).toContain('npx augmentoolkit doctor --config "my book/config.yaml"');
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
    expect(await readdir(join(bench.folder, 'my book', 'prompts'))).toEqual(['README.md', 'examples', 'traits.yaml']);
  });
});

describe('augmentoolkit doctor', () => {
  it('goes through everything in order, and a call is a real one', async () => {
    const model = await bench.model();
    const report = await doctor(await project('well'), [`API.BASE_URL=${model.url}`]);
    expect(report.states).toEqual([
      'program ok',
      'settings ok',
      'prompts ok',
      'input ok',
      'key ok',
      'models ok',
      'models ok',
      'call ok',
      'call ok',
      'temporal ok',
      'output ok',
      'disk ok',
    ]);
    expect(model.stats().calls).toBe(2);
    expect(await readdir(join(bench.folder, 'well'))).not.toContain('output');
  });

  it('reads well: a line each, in 100 columns', async () => {
    const { code, stdout } = await bench.augmentoolkit('doctor', ['--config', await project('lines'), '--no-calls']);
    expect(code).toBe(2);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^program {3}ok {7}version \d/);
    expect(lines.at(-1)).toBe('One thing to put right.');
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });

  it('starts with the settings: all that is wrong with them, and nothing else', async () => {
    const report = await doctor(await project('wrong'), ['SYSTEM.CHUNK_SIZ=3', 'SYSTEM.SEED=x']);
    expect(report).toMatchObject({ code: 2, ok: false });
    expect(report.states.slice(0, 4)).toEqual(['program ok', 'settings fix', 'settings fix', 'prompts skipped']);
    expect(new Set(report.states.slice(3).map((state) => state.split(' ')[1]))).toEqual(new Set(['skipped']));
  });

  it('finds what is missing in a project that is just made', async () => {
    const config = await project('fresh', { texts: false });
    const report = await doctor(config, ['API.BASE_URL=https://service.invalid/v1']);
    expect(report.states).toEqual(expect.arrayContaining(['input fix', 'key fix', 'models skipped', 'call skipped']));
    expect(messageOf(report, 'key')).toContain('AUGMENTOOLKIT_API_KEY');
    expect(messageOf(report, 'input')).toContain('it has no files');
  });

  it('names file and line of a broken prompt', async () => {
    const config = await project('prompts');
    await writeFile(join(bench.folder, 'prompts', 'prompts', 'check-question.yaml'), 'description: x\nvariables: [\n');
    const report = await doctor(config, [], '--no-calls');
    expect(messageOf(report, 'prompts')).toMatch(/check-question\.yaml:\d+: /);
    expect(report.code).toBe(2);
  });

  it('tells a wrong key from a right one, and shows neither', async () => {
    const service = await serve(({ key, request }) => {
      if (key !== KEY) return refusal(401, `Incorrect API key provided: ${key}`, 'invalid_api_key');
      return request.startsWith('GET') ? modelList('rehearsal', 'rehearsal-large') : completion('open');
    });
    const config = await project('keys');
    const run = async (key: string) =>
      bench.augmentoolkit('doctor', ['--config', config, '--set', `API.BASE_URL=${service.url}`], {
        AUGMENTOOLKIT_API_KEY: key,
      });
    const wrong = await run(`${KEY}-old`);
    expect(wrong.code).toBe(2);
    expect(wrong.stdout).toMatch(/^models +TO DO +401 from/m);
    const right = await run(KEY);
    expect(right.code).toBe(0);
    expect(right.stdout).toContain('from the environment variable AUGMENTOOLKIT_API_KEY');
    expect([wrong, right].map(({ stdout, stderr }) => stdout + stderr).join()).not.toContain('planted');
  });

  it.each<[string, Parameters<typeof strictService>[0], string[], string]>([
    [
      'a model that is not there',
      ({ request }) => (request.startsWith('GET') ? modelList('mill/grist-70b') : refusal(404, 'No such model')),
      ['models note', 'models note', 'call fix', 'call fix'],
      'Check the model name',
    ],
    [
      'a service that answers with a page',
      () => ({ status: 200, body: '<html></html>' }),
      ['models ok', 'models ok', 'call fix', 'call fix'],
      'Check API.BASE_URL',
    ],
    [
      'a wrong path in the address',
      () => refusal(404, 'Not found'),
      ['models ok', 'models ok', 'call fix', 'call fix'],
      'API.BASE_URL',
    ],
  ])('finds %s', async (name, answer, states, says) => {
    const service = await serve(answer);
    const report = await doctor(await project(name.replaceAll(' ', '-')), [`API.BASE_URL=${service.url}`]);
    expect(report.states.slice(5, 9)).toEqual(states);
    expect(messageOf(report, 'call')).toContain(says);
    expect(report.code).toBe(2);
  });

  it('finds a model server and a Temporal server that are not there, and starts none', async () => {
    const gone = await strictService(() => completion('open'));
    await gone.close();
    const config = await project('gone');
    const report = await doctor(config, [`API.BASE_URL=${gone.url}`, 'TEMPORAL.ADDRESS=127.0.0.1:1']);
    expect(report.states).toEqual(expect.arrayContaining(['models fix', 'call skipped', 'temporal fix']));
    expect(messageOf(report, 'models')).toMatch(/could not be reached: ECONNREFUSED\. Start the server/);
    expect(messageOf(report, 'temporal')).toContain('No Temporal server answers at 127.0.0.1:1');
  });

  it('says that a run is open or paused; the server says so when it stops, and lists it when its folder is gone', async () => {
    const model = await bench.model();
    const config = await project('open');
    const set = [`API.BASE_URL=${model.url}`];
    const args = ['--config', config, '--set', ...set];
    expect(await bench.augmentoolkit('start', args)).toMatchObject({ code: 0 });
    expect(messageOf(await doctor(config, set, '--no-calls'), 'output')).toContain('is open, and waits for a worker');
    expect(await bench.augmentoolkit('pause', args)).toMatchObject({ code: 0 });
    const { findings } = await doctor(config, set, '--no-calls');
    expect(findings.map(({ message }) => message).join('\n')).toContain(
      'that run is paused: `npx augmentoolkit resume`',
    );
    const stopped = await bench.augmentoolkit('server', ['stop']);
    expect(stopped.stdout).toMatch(/is stopped.*\n1 run is open and will go on when the server is started again/);
    await rm(join(bench.folder, 'open', 'output'), { recursive: true });
    const { stdout } = await bench.augmentoolkit('list');
    expect(stdout).toMatch(/^output-\w{6} +running +\S+ \S+ +.*open\/output \(not there any more/m);
  });

  it('takes a folder of texts that is not there for what it is', async () => {
    const config = await project('no-texts');
    await rm(join(bench.folder, 'no-texts', 'texts'), { recursive: true });
    const report = await doctor(config, [], '--no-calls');
    expect(messageOf(report, 'input')).toContain('does not exist');
    expect(report.code).toBe(2);
  });
});
