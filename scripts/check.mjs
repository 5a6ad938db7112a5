/** Types, lint, format, unused code: all of them, even if one finds fault. */
import { spawnSync } from 'node:child_process';
import { root } from './project.mjs';

const CHECKS = ['tsc --noEmit', 'oxlint --type-aware --deny-warnings', 'prettier --check .', 'knip'];

const failed = CHECKS.filter((check) => {
  console.log(`\n${check}`);
  return spawnSync(`npx --no-install ${check}`, { cwd: root, shell: true, stdio: 'inherit' }).status !== 0;
});

console.log(failed.length === 0 ? '\nAll checks passed' : `\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
