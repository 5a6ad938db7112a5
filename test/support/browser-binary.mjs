import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

/** Programs that Chromium goes by, where people have installed it themselves. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
/** Where another installation holds the lock, it is waited for so long. */
const LOCK_SECONDS = 300;

/** A Chromium on this machine; `undefined` where there is none. */
export function findBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [chromium.executablePath(), ...onPath, MAC_CHROME].find((path) => existsSync(path));
}

/**
 * Fetches a Chromium for tests where there is none: Playwright's download, or, where that is not reachable, the
 * package of a Debian system on which this may install one.
 *
 * @param {(message: string) => void} onProgress
 */
export function ensureBrowser(onProgress) {
  if (findBrowser() !== undefined) return;
  onProgress('Fetching Chromium for the tests of pages');
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  run(process.execPath, [cli, 'install', '--no-shell', 'chromium']);
  if (findBrowser() === undefined) installPackage();
  if (findBrowser() === undefined) {
    throw new Error(
      'The tests of pages need Chromium, and it could be neither downloaded nor installed. Install it (as in `apt-get install chromium`), so that it is on PATH',
    );
  }
}

function installPackage() {
  const root = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const [command, ...first] = [...root, 'apt-get', '-y', '-q', '-o', `DPkg::Lock::Timeout=${LOCK_SECONDS}`];
  run(command, [...first, 'update']);
  run(command, [...first, 'install', '--no-install-recommends', 'chromium']);
}

function run(command, args) {
  // Whether it helped is seen by what is there afterwards.
  const { status, stderr } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0 && stderr) process.stderr.write(`${stderr.trim().split('\n').slice(-2).join('\n')}\n`);
}
