/** Builds the program into dist/: compiled sources, the workflow bundle, and what identifies them. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { filesUnder, hashFiles, hashSources, readJson, root } from './project.mjs';

const dist = join(root, 'dist');

/** What a chunk's result depends on, beside its text, the settings and the prompts. */
const RESULT_SHAPING = [
  'workflows',
  'activities',
  'steps',
  'prompting',
  'checks',
  'ingest',
  'outputs',
  'planning',
  'accounting.js',
  'records.js',
  'ids.js',
];

const EMPTY_MAP = btoa(JSON.stringify({ version: 3, sources: [], names: [], mappings: '' }));

const sources = hashSources();
compile();
const workflowBundle = await bundleWorkflows();
// Last of all: a build that broke off has none, and is done again.
writeFileSync(
  join(dist, 'build.json'),
  `${JSON.stringify({ version: readJson('package.json').version, program: programHash(workflowBundle), sources }, null, 2)}\n`,
);

function compile() {
  rmSync(dist, { recursive: true, force: true });
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
  chmodSync(join(dist, 'client.js'), 0o755);
}

/**
 * First 8 hex digits of the hash of the code. Workers read a source map at their start and want one to be there; an empty
 * one spares them the time, since stack traces in workflows have no frames (`shared-code.ts`).
 */
async function bundleWorkflows() {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(dist, 'workflows', 'index.js'),
    preloadModules: [join(dist, 'workflows', 'shared-code.js')],
    logger: new DefaultLogger('WARN'),
    // The modules are named by their paths from here, so that the same sources give the same code in any folder.
    webpackConfigHook: (config) => ({ ...config, context: root }),
  });
  const bundle = code.replace(
    /^\/\/# sourceMappingURL=.*$/m,
    `//# sourceMappingURL=data:application/json;base64,${EMPTY_MAP}`,
  );
  writeFileSync(join(dist, 'workflow-bundle.js'), bundle);
  return createHash('sha256').update(bundle).digest('hex').slice(0, 8);
}

/** With the bundle, which holds the workflow side of Temporal's SDK, too: queues are named by this hash. */
function programHash(bundleHash) {
  const files = RESULT_SHAPING.map((part) => join(dist, part)).flatMap(filesUnder);
  const compiled = hashFiles(files.filter((file) => file.endsWith('.js')));
  return createHash('sha256').update(`${compiled} ${bundleHash}`).digest('hex').slice(0, 12);
}
