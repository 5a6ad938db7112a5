import type { LoadedSettings } from '../../config/load.js';
import type { Prompt } from '../../prompting/prompt.js';
import type { GlobalOptions } from '../command-context.js';
import { checkCall } from './check-call.js';
import { checkInput } from './check-input.js';
import { checkKeys } from './check-keys.js';
import { checkService } from './check-models.js';
import { checkOutput } from './check-output.js';
import { checkProgram } from './check-program.js';
import { checkPrompts } from './check-prompts.js';
import { checkSettings } from './check-settings.js';
import { checkTemporal } from './check-temporal.js';
import { type CheckName, type Finding, findingsOf } from './finding.js';
import { modelUses, serviceOf } from './model-uses.js';

const AFTER_SETTINGS: readonly CheckName[] = [
  'prompts',
  'input',
  'key',
  'models',
  'call',
  'temporal',
  'output',
  'disk',
];

/** Looks at everything a run needs, in the order in which it is best put right, and says each thing as it is known. */
export async function* examine(options: GlobalOptions & { calls: boolean }): AsyncGenerator<Finding> {
  yield* await checkProgram();
  const { findings, context } = await checkSettings(options);
  yield* findings;
  if (context === undefined) {
    yield* AFTER_SETTINGS.map((check) => findingsOf(check).skipped('needs the settings'));
    return;
  }
  const { loaded } = context;
  const { findings: promptFindings, prompts } = await checkPrompts(loaded.settings);
  yield* promptFindings;
  const { findings: inputFindings, chunks } = await checkInput(loaded.settings);
  yield* inputFindings;
  yield* checkKeys(loaded);
  yield* examineModels(loaded, prompts, options.calls);
  yield* await checkTemporal(context);
  yield* await checkOutput(context, chunks);
}

async function* examineModels(
  loaded: LoadedSettings,
  prompts: Record<string, Prompt> | undefined,
  calls: boolean,
): AsyncGenerator<Finding> {
  const call = findingsOf('call');
  const uses = modelUses(loaded);
  const needs = new Map<string, string>();
  for (const service of new Set(uses.map(serviceOf))) {
    const [first, ...others] = uses.filter((use) => serviceOf(use) === service);
    if (first === undefined) continue;
    const checked = await checkService([first, ...others], { isCallNext: calls });
    if (checked.needs !== undefined) needs.set(service, checked.needs);
    yield* checked.findings;
  }
  for (const use of uses) {
    if (!calls) yield call.skipped(`${use.model}: left out (--no-calls)`);
    else if (needs.has(serviceOf(use))) yield call.skipped(`${use.model}: needs ${needs.get(serviceOf(use))}`);
    else yield await checkCall(use, loaded.settings, prompts);
  }
}
