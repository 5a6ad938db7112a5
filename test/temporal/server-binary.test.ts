import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findServerBinary } from '../../src/temporal/server-binary.js';

const SERVER = '#!/bin/sh\necho a server\n';
const BROKEN_SERVER = '#!/bin/sh\nexit 1\n';

let folder: string;
let downloads: Server;
let archive: Buffer | undefined;
let requests: string[];
let progress: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'binary-'));
  archive = undefined;
  requests = [];
  progress = [];
  downloads = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.statusCode = archive === undefined ? 404 : 200;
    response.end(archive);
  }).listen(0, '127.0.0.1');
  await once(downloads, 'listening');
});

afterEach(async () => {
  downloads.closeAllConnections();
  downloads.close();
  await rm(folder, { recursive: true });
});

/** On a machine whose PATH has only what `programs` holds, and the shell. */
async function find(programs: Record<string, string> = {}) {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  for (const [name, script] of Object.entries(programs)) await writeProgram(join(bin, name), script);
  const address = downloads.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return findServerBinary({
    cacheFolder: join(folder, 'cache'),
    onProgress: (message) => progress.push(message),
    environment: { PATH: bin },
    downloads: `http://127.0.0.1:${address.port}/archive`,
  });
}

async function writeProgram(file: string, script: string): Promise<void> {
  await writeFile(file, script);
  await chmod(file, 0o755);
}

async function offer(script: string): Promise<void> {
  const content = join(folder, 'content');
  await mkdir(content);
  await writeProgram(join(content, 'temporal'), script);
  execFileSync('tar', ['-czf', join(folder, 'offer'), '-C', content, 'temporal']);
  archive = await readFile(join(folder, 'offer'));
}

/** Builds what it is told to, where GOBIN says. */
const GO = `#!/bin/sh\nprintf '%s' '${SERVER}' > "$GOBIN/temporal"\n/bin/chmod +x "$GOBIN/temporal"\n`;
const BROKEN_GO = '#!/bin/sh\necho "go: downloading" >&2\necho "no space left on device" >&2\nexit 1\n';

const COPY = 'cache/temporal-v1.5.1/temporal';

it('takes the program on PATH', async () => {
  expect(await find({ temporal: SERVER })).toBe(join(folder, 'bin/temporal'));
  expect(requests).toEqual([]);
});

it('downloads the archive for this machine, once, and leaves nothing lying about', async () => {
  await offer(SERVER);
  expect(await find()).toBe(join(folder, COPY));
  expect(await find()).toBe(join(folder, COPY));
  expect(requests).toEqual([
    expect.stringMatching(/^\/archive\/v1\.5\.1\?platform=(linux|darwin)&arch=(amd64|arm64)$/),
  ]);
  expect(progress).toEqual(['Downloading the Temporal server (once, about 60 MB)']);
  expect(execFileSync(join(folder, COPY)).toString()).toBe('a server\n');
  expect(await readdir(join(folder, 'cache'))).toEqual(['temporal-v1.5.1']);
});

it('several at once end with one that works', async () => {
  await offer(SERVER);
  expect(new Set(await Promise.all([find(), find(), find()]))).toEqual(new Set([join(folder, COPY)]));
  expect(await readdir(join(folder, 'cache'))).toEqual(['temporal-v1.5.1']);
});

it.each([
  ['there is no download', async () => {}],
  ['the download is no archive', async () => void (archive = Buffer.from('<html>Please log in</html>'))],
  ['the downloaded program does not run', async () => offer(BROKEN_SERVER)],
])('builds it with Go where %s', async (_case, prepare) => {
  await prepare();
  expect(await find({ go: GO })).toBe(join(folder, COPY));
  expect(progress.at(-1)).toBe('Building the Temporal server with Go (once, about 3 minutes)');
  expect(execFileSync(join(folder, COPY)).toString()).toBe('a server\n');
});

it('names the ways to get one where none leads there, and why', async () => {
  await expect(find()).rejects.toThrow(
    /downloading from 127\.0\.0\.1:\d+ failed \(Error: status 404\); Go is not installed\. One of these helps:\n.*docs\.temporal\.io\/cli/,
  );
  await expect(find({ go: BROKEN_GO })).rejects.toThrow('building it with Go failed (no space left on device)');
  expect(await readdir(join(folder, 'cache/temporal-v1.5.1'))).toEqual([]);
});
