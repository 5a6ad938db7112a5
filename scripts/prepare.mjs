/** Installs and builds what is missing or out of date; does nothing, at once, where nothing is. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashSources, readBuild, readJson, root } from './project.mjs';

const INSTALLED = join(root, 'node_modules', '.installed-for');

requireNode();
installIfNeeded();
buildIfNeeded();

function requireNode() {
  const needed = /\d+\.\d+/.exec(readJson('package.json').engines.node)[0];
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [neededMajor, neededMinor] = needed.split('.').map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  stop(`Node ${needed} or newer is needed; this is ${process.versions.node}. Get one from https://nodejs.org`);
}

function installIfNeeded() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package.json')))
    .digest('hex');
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return;
  console.error('Installing packages');
  // Through the shell, because npm is a script on Windows.
  run('npm install --include=dev --no-audit --no-fund', { shell: true });
  writeFileSync(INSTALLED, wanted);
}

function buildIfNeeded() {
  if (readBuild()?.sources === hashSources()) return;
  console.error('Building');
  run(process.execPath, {}, [join(root, 'scripts', 'build.mjs')]);
}

function run(command, options, args = []) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (status !== 0) stop(`This failed: ${[command, ...args].join(' ')}`);
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
