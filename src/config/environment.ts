import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The only place where the program looks at its environment variables. */

const PROGRAM = 'augmentoolkit';

/** For programs we start, and for functions that take an environment. */
export function processEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}

/** For programs that have no business with our keys. */
export function environmentWithoutKeys(environment = processEnvironment()): NodeJS.ProcessEnv {
  const entries = Object.entries(environment).filter(([name]) => !/^(AUGMENTOOLKIT|TEMPORAL)_.*KEY/.test(name));
  return Object.fromEntries(entries);
}

/** Where what must outlive a run is kept beside its output: the local Temporal server's database, record and log. */
export function stateFolder(environment = processEnvironment(), platform = process.platform): string {
  if (platform === 'win32') return join(windowsFolder(environment), PROGRAM, 'state');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', PROGRAM);
  return join(environment['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), PROGRAM);
}

/** Where what can be fetched again is kept: the Temporal server's program. */
export function cacheFolder(environment = processEnvironment(), platform = process.platform): string {
  if (platform === 'win32') return join(windowsFolder(environment), PROGRAM, 'cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', PROGRAM);
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), PROGRAM);
}

/** The full path of a program on PATH; undefined where there is none of this name. */
export function findProgram(name: string, environment = processEnvironment()): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, file)).find(isExecutable);
}

function windowsFolder(environment: NodeJS.ProcessEnv): string {
  return environment['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local');
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
