import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. All scripts work in it, wherever they are called from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What the built program is made from. */
const SOURCES = ['src', 'tsconfig.json', 'tsconfig.build.json', 'package.json', 'scripts/build.mjs'];

/** Changes whenever the program has to be built again. Contents, not times: git sets those anew. */
export function hashSources() {
  return hashFiles(SOURCES.flatMap((source) => filesUnder(join(root, source))));
}

/** SHA-256 over names (relative to the project, with `/`) and contents, hex; the same on every machine. */
export function hashFiles(files) {
  const hash = createHash('sha256');
  const named = files.map((file) => [relative(root, file).replaceAll('\\', '/'), file]);
  for (const [name, file] of named.sort(([one], [other]) => (one < other ? -1 : 1))) {
    const content = readFileSync(file);
    hash.update(`${name}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/** The file itself, or all files in the folder and its folders. */
export function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)));
}

/** What the last build wrote about itself; undefined where nothing is built. */
export function readBuild() {
  return readJson('dist/build.json');
}

export function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8'));
  } catch {
    return undefined;
  }
}
