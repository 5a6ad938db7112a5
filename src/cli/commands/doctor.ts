import type { GlobalOptions } from '../command-context.js';
import { describeFinding, describeWhole } from '../doctor/describe-findings.js';
import { examine } from '../doctor/examine.js';
import type { Finding } from '../doctor/finding.js';
import { quotedPath } from '../quoted-path.js';
import { EXIT, type ExitCode } from '../exit.js';
import { print, printJson } from '../print.js';

/** Longer lines are hard to read; without a terminal all are as long. */
const WIDEST = 100;

export interface DoctorOptions extends GlobalOptions {
  json: boolean;
  /** Also make a real call for each model. */
  calls: boolean;
}

/** Checks everything a run needs, and says of each thing that it is well, or what to do. */
export async function doctor(options: DoctorOptions): Promise<ExitCode> {
  const findings: Finding[] = [];
  const width = Math.min(WIDEST, process.stdout.columns ?? WIDEST);
  for await (const finding of examine(options)) {
    findings.push(finding);
    if (!options.json) print(describeFinding(finding, width));
  }
  const isWell = findings.every(({ state }) => state !== 'fix');
  if (options.json) printJson({ ok: isWell, findings });
  else print(`\n${describeWhole(findings, nextCommand(options))}`);
  return isWell ? EXIT.done : EXIT.wrongUse;
}

/** The values of `--set` are not repeated: one may be a key. */
function nextCommand({ config, set }: GlobalOptions): string {
  const command = `npx augmentoolkit run${config === undefined ? '' : ` --config ${quotedPath(config)}`}`;
  return set.length === 0 ? command : `${command}, with the same --set`;
}
