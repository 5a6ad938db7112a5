import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cacheFolder } from '../../src/config/environment.js';
import type { TemporalTarget } from '../../src/config/temporal-target.js';
import { connectClient, connectNative } from '../../src/temporal/connection.js';
import { ensureServer, serverStatus, stopServer } from '../../src/temporal/server.js';
import { withStartLock } from '../../src/temporal/start-lock.js';
import { freePort, twoFreePorts } from '../support/free-port.js';
import { serverExecutable } from '../support/temporal-server.js';

/** The first server of a bare machine is downloaded or built. */
const FETCH_TIMEOUT_MS = 600_000;
const START_TIMEOUT_MS = 90_000;
const LONGER_THAN_HUNG_MS = 35_000;

let stateFolder: string;
let target: TemporalTarget;
let progress: string[];

beforeAll(serverExecutable, FETCH_TIMEOUT_MS);

beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'server-'));
  const [port, uiPort] = await twoFreePorts();
  target = { address: `127.0.0.1:${port}`, namespace: 'books', explicit: false, uiPort };
  progress = [];
});

afterEach(async () => {
  await stopServer(stateFolder);
  await rm(stateFolder, { recursive: true });
}, START_TIMEOUT_MS);

async function ensure() {
  return ensureServer(target, {
    stateFolder,
    cacheFolder: cacheFolder(),
    onProgress: (message) => progress.push(message),
  });
}

it(
  'starts, is found again, serves its namespace to clients and workers, stops, and starts again with its database',
  async () => {
    const webUi = `http://127.0.0.1:${target.uiPort}`;
    expect(await ensure()).toEqual({ address: target.address, webUi, startedNow: true });
    expect(progress).toEqual([`Starting the Temporal server (Web UI: ${webUi})`]);
    expect(await ensure()).toMatchObject({ address: target.address, startedNow: false });
    expect(await serverStatus(target, stateFolder)).toMatchObject({ running: true, webUi, pid: expect.any(Number) });

    const { client, connection } = await connectClient(target);
    await client.workflow.start('unserved', { taskQueue: 'none', workflowId: 'kept' });
    await connection.close();
    const native = await connectNative(target);
    await native.close();

    expect(await stopServer(stateFolder)).toBe(true);
    expect(await stopServer(stateFolder)).toBe(false);
    const status = await serverStatus(target, stateFolder);
    expect(status).toMatchObject({ running: false, address: target.address });
    expect(status.pid).toBeUndefined();
    expect(existsSync(status.database)).toBe(true);

    expect(await ensure()).toMatchObject({ startedNow: true });
    const again = await connectClient(target);
    expect((await again.client.workflow.getHandle('kept').describe()).status.name).toBe('RUNNING');
    await again.connection.close();
  },
  START_TIMEOUT_MS,
);

/** It keeps its ports, and answers nobody. */
async function hangServer({ ageMs }: { ageMs: number }): Promise<number> {
  const file = join(stateFolder, 'server.json');
  const record = JSON.parse(await readFile(file, 'utf8')) as { pid: number };
  await writeFile(file, JSON.stringify({ ...record, startedAt: Date.now() - ageMs }));
  process.kill(record.pid, 'SIGSTOP');
  return record.pid;
}

it(
  'is not ended where it answers again before its turn comes',
  async () => {
    await ensure();
    const slow = await hangServer({ ageMs: 10 * 60_000 });
    let joining: ReturnType<typeof ensure> | undefined;
    await withStartLock(stateFolder, async () => {
      joining = ensure();
      await pause(LONGER_THAN_HUNG_MS);
      process.kill(slow, 'SIGCONT');
    });
    expect(await joining).toMatchObject({ startedNow: false });
    expect(await serverStatus(target, stateFolder)).toMatchObject({ running: true, pid: slow });
  },
  2 * START_TIMEOUT_MS,
);

it(
  'is not ended while it is young: it may still put its database in order',
  async () => {
    await ensure();
    const young = await hangServer({ ageMs: 60_000 });
    await expect(ensure()).rejects.toThrow('does not answer; end it with `npx augmentoolkit server stop`');
    process.kill(young, 'SIGCONT');
    expect(await serverStatus(target, stateFolder)).toMatchObject({ running: true, pid: young });
  },
  2 * START_TIMEOUT_MS,
);

it(
  'is ended and started anew, once, where it hangs',
  async () => {
    await ensure();
    const hung = await hangServer({ ageMs: 10 * 60_000 });
    const both = await Promise.all([ensure(), ensure()]);
    expect(both.filter(({ startedNow }) => startedNow)).toHaveLength(1);
    expect(progress).toContain('The Temporal server does not answer any more: it is ended, and started anew');
    const { running, pid } = await serverStatus(target, stateFolder);
    expect({ running, isAnother: pid !== hung }).toEqual({ running: true, isAnother: true });
  },
  2 * START_TIMEOUT_MS,
);

it(
  'comes up once where two ask for it at the same time, and can be stopped',
  async () => {
    const both = await Promise.all([ensure(), ensure()]);
    expect(both.filter(({ startedNow }) => startedNow)).toHaveLength(1);
    expect(await stopServer(stateFolder)).toBe(true);
    expect(await serverStatus(target, stateFolder)).toMatchObject({ running: false });
  },
  START_TIMEOUT_MS,
);

it(
  'is not started a second time on another port, with the same database',
  async () => {
    await ensure();
    const running = target.address;
    target = { ...target, address: `127.0.0.1:${await freePort()}` };
    await expect(ensure()).rejects.toThrow(`The local Temporal server already runs at ${running}`);
  },
  START_TIMEOUT_MS,
);

it(
  'makes a missing namespace on a server of ours, and says at once that one of somebody else has none',
  async () => {
    await ensure();
    target = { ...target, namespace: 'elsewhere' };
    const said = `The Temporal server at ${target.address} has no namespace "elsewhere": check TEMPORAL_NAMESPACE`;
    await expect(connectClient(target)).rejects.toThrow(said);
    await expect(connectNative(target)).rejects.toThrow(said);
    expect(await serverStatus(target, stateFolder)).toMatchObject({ running: true, answer: 'no namespace' });

    const notOurs = { stateFolder: join(stateFolder, 'other'), cacheFolder: cacheFolder(), onProgress: () => {} };
    await expect(ensureServer(target, notOurs)).rejects.toThrow(
      /which is not one that augmentoolkit started, has no namespace "elsewhere"\. Make it with `temporal operator/,
    );

    expect(await ensure()).toMatchObject({ startedNow: false });
    const { client, connection } = await connectClient(target);
    await client.workflow.start('unserved', { taskQueue: 'none', workflowId: 'at-once' });
    expect((await client.workflow.count()).count).toBeLessThanOrEqual(1);
    await connection.close();
  },
  START_TIMEOUT_MS,
);

async function killServer(): Promise<void> {
  const { pid } = await serverStatus(target, stateFolder);
  if (pid === undefined) throw new Error('no server to kill');
  process.kill(pid, 'SIGKILL');
}

it(
  'comes up again at once each time it is killed',
  async () => {
    for (let round = 0; round < 4; round += 1) {
      expect(await ensure()).toMatchObject({ startedNow: true });
      await killServer();
    }
    expect(await ensure()).toMatchObject({ startedNow: true });
  },
  4 * START_TIMEOUT_MS,
);

it(
  'killed while it makes its database, it makes a new one, whole',
  async () => {
    // As a kill leaves it: the file is there, and of its tables a part.
    await writeFile(join(stateFolder, 'temporal.db'), '');
    expect(await ensure()).toMatchObject({ startedNow: true });
    await stopServer(stateFolder);
    expect(await ensure()).toMatchObject({ startedNow: true });
    expect((await readdir(stateFolder)).filter((file) => file.endsWith('.unfinished'))).toHaveLength(1);
  },
  START_TIMEOUT_MS,
);

it(
  'says what to do about a damaged database, and starts when that is done',
  async () => {
    await ensure();
    await stopServer(stateFolder);
    for (const part of ['-wal', '-shm']) await rm(join(stateFolder, `temporal.db${part}`), { force: true });
    await writeFile(join(stateFolder, 'temporal.db'), 'no database '.repeat(1_000));
    await expect(ensure()).rejects.toThrow(/temporal\.db is damaged\. Delete it/);
    await rm(join(stateFolder, 'temporal.db'));
    expect(await ensure()).toMatchObject({ startedNow: true });
  },
  START_TIMEOUT_MS,
);

it('says what is wrong with its folder', async () => {
  await writeFile(join(stateFolder, 'file'), '');
  const options = { stateFolder: join(stateFolder, 'file'), cacheFolder: cacheFolder(), onProgress: () => {} };
  await expect(ensureServer(target, options)).rejects.toThrow(
    `The folder of the local Temporal server, ${options.stateFolder}, cannot be used (EEXIST)`,
  );
});

it('never starts one for an address that somebody named', async () => {
  target = { ...target, explicit: true };
  expect(await ensure()).toMatchObject({ address: target.address, startedNow: false });
  expect(await serverStatus(target, stateFolder)).toMatchObject({ running: false });
});

it('does not take a process for ours because it has the recorded number', async () => {
  const record = { pid: process.pid, port: 1, uiPort: 2 };
  await writeFile(join(stateFolder, 'server.json'), JSON.stringify(record));
  expect(await stopServer(stateFolder)).toBe(false);
});

describe('where something else listens', () => {
  let other: Server;

  beforeEach(async () => {
    other = createServer((_request, response) => response.end('not Temporal')).listen(0, '127.0.0.1');
    await once(other, 'listening');
  });

  afterEach(async () => {
    other.closeAllConnections();
    other.close();
    await once(other, 'close');
  });

  function otherPort(): number {
    const address = other.address();
    if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
    return address.port;
  }

  it(
    'on the port of the server, that is said, with the settings for another',
    async () => {
      target = { ...target, address: `127.0.0.1:${otherPort()}` };
      await expect(ensure()).rejects.toThrow(/is in use, but not by a Temporal server\..*TEMPORAL\.PORT=7300/);
    },
    START_TIMEOUT_MS,
  );

  it('on the port of the Web UI, too', async () => {
    target = { ...target, uiPort: otherPort() };
    await expect(ensure()).rejects.toThrow(
      `Port ${target.uiPort}, for the Web UI of the local Temporal server, is in use`,
    );
  });

  it('a worker hears of it in the same words as a client', async () => {
    target = { ...target, address: `127.0.0.1:${otherPort()}` };
    await expect(connectNative(target)).rejects.toThrow('does not answer as a Temporal server without TLS');
  });
});

describe('an address where nothing answers', () => {
  it.each([
    ['127.0.0.1:1', true, 'No Temporal server answers at 127.0.0.1:1 (connection refused): check TEMPORAL_ADDRESS'],
    ['127.0.0.1:1', false, '(connection refused): `npx augmentoolkit server start` starts the local server'],
    ['no-such-host.invalid:7233', true, 'No Temporal server answers at no-such-host.invalid:7233 (no such host)'],
    ['http://x', true, '"http://x" is not the address of a Temporal server: write host:port'],
  ])('%s (named: %s) is explained at once', async (address, explicit, said) => {
    target = { ...target, address, explicit };
    await expect(connectClient(target)).rejects.toThrow(said);
    await expect(connectNative(target)).rejects.toThrow(said);
  });
});
