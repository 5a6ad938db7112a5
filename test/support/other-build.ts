import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** The program as a later version has it: it looks at accuracy before relevancy. */
export interface OtherBuild {
  /** What its command line is called by. */
  client: string;
  program: string;
}

const PROGRAM = 'feedc0ffee00';
const RELEVANCY = /^.*checkBy\('relevancy', .*\n/m;
const ACCURACY = /^.*checkBy\('accuracy', .*\n/m;

/** Copies the built program into a folder, with another order of the checks in its workflows, and so of their commands. */
export async function makeOtherBuild(folder: string): Promise<OtherBuild> {
  const dist = join(folder, 'dist');
  await cp(resolve('dist'), dist, { recursive: true });
  await cp(resolve('package.json'), join(folder, 'package.json'));
  await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  for (const file of ['workflow-bundle.js', 'workflows/vetting.js']) await edit(join(dist, file), swapChecks);
  await edit(join(dist, 'build.json'), (text) => JSON.stringify({ ...JSON.parse(text), program: PROGRAM }));
  return { client: join(dist, 'client.js'), program: PROGRAM };
}

function swapChecks(code: string): string {
  const [relevancy] = RELEVANCY.exec(code) ?? [];
  const [accuracy] = ACCURACY.exec(code) ?? [];
  if (relevancy === undefined || accuracy === undefined) throw new Error('the build has no such checks');
  return code.replace(relevancy + accuracy, accuracy + relevancy);
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error(`${file} stayed as it was`);
  await writeFile(file, changed);
}
