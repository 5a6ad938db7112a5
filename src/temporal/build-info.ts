import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** What the build wrote beside the program. */
export interface BuildInfo {
  version: string;
  /** Hash of everything that shapes results; workers of one run must agree on it. */
  program: string;
  /** The prebuilt workflow code. */
  workflowBundle: string;
}

/** @throws Error where the program was not built */
export async function readBuildInfo(): Promise<BuildInfo> {
  const at = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));
  const { version, program } = JSON.parse(await readFile(at('build.json'), 'utf8')) as Pick<
    BuildInfo,
    'version' | 'program'
  >;
  return { version, program, workflowBundle: at('workflow-bundle.js') };
}
