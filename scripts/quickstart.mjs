/** The whole pipeline on the sample text, with the built-in rehearsal model: no key, nothing to pay. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { root } from './project.mjs';

const OUTPUT = './quickstart-output';
const CLIENT = join(root, 'dist', 'client.js');

/** One Ctrl-C may reach us twice, from the terminal and from npm; for the run, a second one means "at once". */
const SAME_SIGNAL_MS = 1_000;

const { status: prepared } = spawnSync(process.execPath, [join(root, 'scripts', 'prepare.mjs')], { stdio: 'inherit' });
if (prepared !== 0) process.exit(1);

const serverWasRunning = await isServerRunning();
const rehearsal = client(['rehearsal', '--port', '0', '--latency', '200'], ['ignore', 'pipe', 'inherit']);
const rehearsalEnd = ended(rehearsal);
let current = rehearsal;
passSignals();
const address = await rehearsalAddress();
if (address === undefined) {
  console.error('The rehearsal model did not start');
  process.exit(1);
}
current = client(runArguments(address), 'inherit');
process.exitCode = await ended(current);
rehearsal.kill();
await rehearsalEnd;
if (!serverWasRunning) await ended(client(['server', 'stop'], 'ignore'));
if (process.exitCode === 0) sayWhatNow();

/** Apart from our process group: Ctrl-C reaches the run through us, and the rehearsal model stays until the run is done. */
function client(args, stdio) {
  return spawn(process.execPath, [CLIENT, ...args], { cwd: root, stdio, detached: process.platform !== 'win32' });
}

function runArguments(baseUrl) {
  const settings = [
    `PATH.OUTPUT=${OUTPUT}`,
    `API.BASE_URL=${baseUrl}`,
    'API.LOGICAL_MODEL=rehearsal-small',
    'API.LARGE_LOGICAL_MODEL=rehearsal-large',
  ];
  return ['run', '--config', 'config.yaml', ...settings.flatMap((setting) => ['--set', setting])];
}

async function isServerRunning() {
  const status = client(['server', 'status', '--json'], ['ignore', 'pipe', 'inherit']);
  const [answer, code] = await Promise.all([text(status.stdout), ended(status)]);
  if (code !== 0) process.exit(code);
  return JSON.parse(answer).running;
}

async function rehearsalAddress() {
  for await (const line of createInterface({ input: rehearsal.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+\/v1/.exec(line)?.[0];
    if (url === undefined) continue;
    rehearsal.stdout.resume();
    return url;
  }
  return undefined;
}

/** To what is running now, so that it ends cleanly, and we clean up behind it. */
function passSignals() {
  let last = -Infinity;
  const pass = (signal) => {
    if (performance.now() - last > SAME_SIGNAL_MS) current.kill(signal);
    last = performance.now();
  };
  process.on('SIGINT', pass).on('SIGTERM', pass);
}

/** Resolves to the exit code. */
function ended(child) {
  return new Promise((resolve) => {
    child.once('close', (code) => resolve(code ?? 1));
  });
}

function sayWhatNow() {
  console.log(`
The dataset is in ${OUTPUT}: messages.jsonl and simplified_data.jsonl, beside every intermediate result.
Open report.html there in a browser to see what came out, what was thrown away and why.
A rehearsal model wrote it, by rules. For real data from your own texts:
  1. npx augmentoolkit init my-book --provider together    (or another service; \`init\` alone lists them)
  2. put your texts into my-book/texts
  3. export AUGMENTOOLKIT_API_KEY=your-key
  4. npx augmentoolkit doctor --config my-book/config.yaml
  5. npx augmentoolkit run --config my-book/config.yaml`);
}
