import { dirname } from 'node:path';
import type { Settings } from '../../config/schema.js';
import { folderWarnings } from '../../prompting/folder-warnings.js';
import { loadPrompts } from '../../prompting/load-prompts.js';
import { loadTraits } from '../../prompting/load-traits.js';
import { PromptError } from '../../prompting/prompt-error.js';
import type { Prompt } from '../../prompting/prompt.js';
import { stepsOf } from '../../steps/index.js';
import { type Finding, findingsOf } from './finding.js';
import { shownPath } from './shown-path.js';

const { ok, note, fix } = findingsOf('prompts');

export interface CheckedPrompts {
  findings: Finding[];
  /** By step; absent where they cannot be used. */
  prompts?: Record<string, Prompt>;
}

/** Loads prompts and traits as a run does, and says how many come from which folder. */
export async function checkPrompts({ PATH, SYSTEM }: Settings): Promise<CheckedPrompts> {
  const folders = [PATH.PROMPTS, PATH.DEFAULT_PROMPTS];
  const assistantMode = SYSTEM.ASSISTANT_MODE;
  const steps = stepsOf({ assistantMode });
  const options = { useFilenames: SYSTEM.USE_FILENAMES };
  const prompts = await attempt(() => loadPrompts(folders, steps, options));
  const traits = assistantMode ? undefined : await attempt(() => loadTraits(folders));
  const warnings = await attempt(() => folderWarnings(folders, steps, options));
  const notes = warnings instanceof PromptError ? [] : warnings.map(note);
  if (prompts instanceof PromptError || traits instanceof PromptError) {
    const problems = [prompts, traits].flatMap((loaded) => (loaded instanceof PromptError ? loaded.problems : []));
    return { findings: [...[...new Set(problems)].map(fix), ...notes] };
  }
  const axes = traits === undefined ? '' : `; traits on ${Object.keys(traits).length} axes`;
  return { findings: [ok(`${describeOrigins(Object.values(prompts))}${axes}`), ...notes], prompts };
}

/** `2 of 8 from ./my-prompts, 6 from ./prompts` */
function describeOrigins(prompts: readonly Prompt[]): string {
  const counts = new Map<string, number>();
  for (const { file } of prompts) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  const [[folder = '', count] = ['', 0], ...others] = counts;
  if (others.length === 0) return `all ${count} from ${shownPath(folder)}`;
  const origins = [...counts].map(([where, many], index) => {
    return `${many}${index === 0 ? ` of ${prompts.length}` : ''} from ${shownPath(where)}`;
  });
  return origins.join(', ');
}

async function attempt<Loaded>(load: () => Promise<Loaded>): Promise<Loaded | PromptError> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof PromptError) return error;
    throw error;
  }
}
