import { spawn } from 'node:child_process';
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Finished, finish, Workbench } from '../support/command-line.js';
import { asShown } from './as-shown.js';
import { PROJECT, ROW_RUNS, SHOWN_COMMANDS, SHOWN_ROWS, type ShownCommand } from './shown-commands.js';
import { renderRow } from './shown-rows.js';

const CONFIG = `${PROJECT}/config.yaml`;

/** Of models that cost nothing, so that pages can show where money stands. */
const PRICES = `PRICES:
  rehearsal: { INPUT: 0.2, CACHED_INPUT: 0.05, OUTPUT: 0.6 }
  rehearsal-large: { INPUT: 0.8, CACHED_INPUT: 0.2, OUTPUT: 2.4 }`;

/** Does all that the pages show with the built program and the rehearsal model: name -> Markdown. */
export async function showAll(): Promise<Map<string, string>> {
  const bench = await Workbench.open();
  try {
    await makeProject(bench);
    const parts = await showCommands(bench);
    for (const { output, profile, settings } of ROW_RUNS) {
      const model = await bench.model({ profile });
      requireCode(await bench.augmentoolkit('run', bench.settings(model, output, ...settings)), 0);
    }
    for (const row of SHOWN_ROWS) parts.set(row.name, await renderRow(row, bench.output(row.output)));
    return parts;
  } finally {
    await bench.close();
  }
}

async function makeProject(bench: Workbench): Promise<void> {
  requireCode(await init(bench, [PROJECT, '--provider', 'rehearsal']), 0);
  const config = join(bench.folder, CONFIG);
  await writeFile(config, (await readFile(config, 'utf8')).replace('PRICES: {}', PRICES));
  for (const name of await readdir('samples')) {
    await copyFile(join('samples', name), join(bench.folder, PROJECT, 'texts', name));
  }
}

async function showCommands(bench: Workbench): Promise<Map<string, string>> {
  const model = await bench.model({ profile: 'mixed' });
  const { folder, temporalAddress, webUi } = bench;
  const places = { folder, modelUrl: model.url, temporalAddress, webUi };
  const parts = new Map<string, string>();
  for (const shown of SHOWN_COMMANDS) {
    const { stdout, stderr } = requireCode(await give(bench, shown, model.url), shown.code ?? 0);
    const said = shown.code === undefined ? stdout : stderr;
    parts.set(shown.name, `\`\`\`\n$ ${asGiven(shown)}\n${asShown(said, places)}\n\`\`\``);
  }
  return parts;
}

function give(bench: Workbench, { args }: ShownCommand, modelUrl: string): Promise<Finished> {
  const [command = '', ...rest] = args;
  if (command === 'init') return init(bench, rest);
  return bench.augmentoolkit(command, ['--config', CONFIG, ...rest, '--set', `API.BASE_URL=${modelUrl}`]);
}

/** With the settings file where people would put it: behind the command and what it is about. */
function asGiven({ args }: ShownCommand): string {
  const config = args[0] === 'init' ? [] : ['--config', CONFIG];
  const firstOption = args.findIndex((arg) => arg.startsWith('--'));
  const at = firstOption < 0 ? args.length : firstOption;
  return ['npx', 'augmentoolkit', ...args.slice(0, at), ...config, ...args.slice(at)].join(' ');
}

/** It takes no settings, so that the workbench has none to give. */
function init(bench: Workbench, args: string[]): Promise<Finished> {
  const command = [resolve('dist/client.js'), 'init', ...args];
  return finish(spawn(process.execPath, command, { cwd: bench.folder, stdio: ['ignore', 'pipe', 'pipe'] }));
}

function requireCode(finished: Finished, code: number): Finished {
  if (finished.code !== code) throw new Error(`ended with ${finished.code}: ${finished.stdout}${finished.stderr}`);
  return finished;
}
