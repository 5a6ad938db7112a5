import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkOutput } from '../../../src/cli/doctor/check-output.js';
import { callsPerChunk, diskNeed } from '../../../src/cli/doctor/disk-need.js';
import { LocalStore } from '../../../src/store/local-store.js';
import { writeIdentity } from '../../../src/store/identity.js';
import { RUN_FILES } from '../../../src/store/run-files.js';
import { temporaryFolders } from '../../support/temporary-folder.js';
import { loaded } from './settings.js';

const newFolder = temporaryFolders();
/** Where nothing listens. */
const TARGET = { address: '127.0.0.1:1', namespace: 'default', explicit: false, uiPort: 8233 };
const QUEUES = { workflows: 'w', io: 'i', logical: 'l', large: 'l' };
const HUGE = 1_000_000_000_000;

async function check(folder: string, chunks?: number) {
  const context = { loaded: await loaded(), target: TARGET, store: new LocalStore(folder) };
  return checkOutput(context, chunks);
}

async function holdRun(folder: string, address: string): Promise<void> {
  const identity = { run: 'salt-0a1b2c', address, namespace: 'default', plan: '', queues: QUEUES, home: folder };
  await writeIdentity(new LocalStore(folder), identity);
}

async function atWork(folder: string, limiters: object = {}): Promise<void> {
  const lease = {
    worker: 'anvil-12',
    host: 'worker',
    queues: ['w'],
    closed: false,
    inFlight: [],
    limiters,
    problems: [],
  };
  await mkdir(join(folder, 'state', 'workers'), { recursive: true });
  await writeFile(join(folder, 'state', 'workers', 'anvil-12.json'), JSON.stringify(lease));
}

it('a folder that is not there yet can be made, and nothing of the trial stays', async () => {
  const above = await newFolder();
  const [output, disk] = await check(join(above, 'books', 'output'), 3);
  expect(output).toMatchObject({ state: 'ok', message: expect.stringContaining('it holds no run') });
  expect(disk).toMatchObject({ state: 'ok', message: expect.stringMatching(/free; this run takes roughly 1\.2 MB$/) });
  expect(await readdir(above)).toEqual([]);
});

it('a folder of its own with other things in it stays as it is', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'notes.txt'), 'mine');
  await check(folder);
  expect(await readdir(folder)).toEqual(['notes.txt']);
});

it('what is in the way is said, and the disk is not asked', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'output'), 'a file');
  expect(await check(join(folder, 'output'))).toMatchObject([
    { check: 'output', state: 'fix', message: expect.stringMatching(/cannot be written \(\w+\)/) },
    { check: 'disk', state: 'skipped' },
  ]);
});

it('too little room is said, and hinders nobody', async () => {
  const [, disk] = await check(await newFolder(), HUGE);
  expect(disk).toMatchObject({ state: 'note', message: expect.stringMatching(/TB: make room/) });
});

it.each<[string, string, boolean, string, RegExp]>([
  ['a run of this server', TARGET.address, false, 'ok', /holds the run salt-0a1b2c.*no worker is at work/],
  ['one that is being worked on', TARGET.address, true, 'ok', /at work on it: anvil-12/],
  ['a run of another server', 'temporal.example.com:7233', false, 'note', /It moves to this server/],
  ['one that is being worked on there', 'temporal.example.com:7233', true, 'fix', /Stop that worker first/],
])('a folder may hold %s', async (_name, address, isWorkedOn, state, says) => {
  const folder = await newFolder();
  await holdRun(folder, address);
  if (isWorkedOn) await atWork(folder);
  const [output] = await check(folder);
  expect(output).toMatchObject({ state, message: expect.stringMatching(says) });
});

it.each(['{"run":', 'null', '{}'])('a record of the run that cannot be read is said: %s', async (text) => {
  const folder = await newFolder();
  await mkdir(join(folder, 'state'));
  await writeFile(join(folder, 'state', 'identity.json'), text);
  const [output] = await check(folder);
  expect(output).toMatchObject({ state: 'fix', message: expect.stringContaining('identity.json cannot be read') });
});

it('room is needed for what is not done yet', async () => {
  const folder = await newFolder();
  const store = new LocalStore(folder);
  for (const chunk of ['a', 'b']) await store.write(RUN_FILES.record(chunk), '{}');
  const [, disk] = await check(folder, 5);
  expect(disk).toMatchObject({
    state: 'ok',
    message: expect.stringMatching(/2 chunks done, the rest takes roughly 1\.2 MB$/),
  });
  const [, none] = await check(folder, 1);
  expect(none).toMatchObject({
    state: 'ok',
    message: expect.stringMatching(/free; all chunks are done$/),
  });
});

it.each<[string, string, string, RegExp]>([
  ['is paused', '{"paused":true,"concurrencyLimit":5}', 'note', /is paused: `npx augmentoolkit resume`/],
  ['is steered by a file cut short', '{"paused":', 'fix', /state\/control\.json cannot be read: delete it/],
  ['is steered by a file of something else', '[]', 'fix', /state\/control\.json cannot be read: delete it/],
])('a run that %s', async (_name, control, state, says) => {
  const folder = await newFolder();
  await holdRun(folder, TARGET.address);
  await writeFile(join(folder, 'state', 'control.json'), control);
  const findings = await check(folder);
  expect(findings).toEqual([
    expect.objectContaining({ state: 'ok' }),
    { check: 'output', state, message: expect.stringMatching(says) },
    expect.objectContaining({ check: 'disk' }),
  ]);
});

it('a run whose worker is blocked says by what', async () => {
  const folder = await newFolder();
  await holdRun(folder, TARGET.address);
  const closed = { reason: 'blocked', message: '402 from api.example.com. Add credit at the provider.' };
  await atWork(folder, { l: { inFlight: 0, limit: 5, answered: 0, closed } });
  expect(await check(folder)).toContainEqual({
    check: 'output',
    state: 'note',
    message: `worker anvil-12 is blocked: ${closed.message}`,
  });
});

it.each([
  [1, true, 21],
  [2, true, 33],
  [3, true, 33],
  [5, true, 45],
  [3, false, 45],
  [5, false, 57],
  [0, true, 9],
])('with %i votes, assistant mode %s, a chunk takes %i calls', async (votes, assistant, calls) => {
  const { settings } = await loaded([`SYSTEM.DOUBLE_CHECK_COUNTER=${votes}`, `SYSTEM.ASSISTANT_MODE=${assistant}`]);
  expect(callsPerChunk(settings.SYSTEM)).toBe(calls);
  expect(diskNeed(1_000, settings)).toBe(calls * 12_000_000);
});
