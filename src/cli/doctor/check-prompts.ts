import { dirname } from 'node:path';
import type { Settings } from '../../config/schema.js';
import { loadRunPrompts } from '../../planning/run-prompts.js';
import { PromptError } from '../../prompting/prompt-error.js';
import type { Prompt } from '../../prompting/prompt.js';
import { counted } from '../../format.js';
import { type Finding, findingsOf } from './finding.js';
import { shownPath } from './shown-path.js';

const { ok, note, fix } = findingsOf('prompts');

export interface CheckedPrompts {
  findings: Finding[];
  /** By step; absent where they cannot be used. */
  prompts?: Record<string, Prompt>;
}

/** Loads prompts and traits as a run does, and says how many come from which folder. */
export async function checkPrompts(settings: Settings): Promise<CheckedPrompts> {
  try {
    const { prompts, traits, warnings } = await loadRunPrompts(settings);
    const axes = traits === undefined ? '' : `; traits on ${counted(Object.keys(traits).length, 'axis', 'axes')}`;
    return { findings: [ok(`${describeOrigins(Object.values(prompts))}${axes}`), ...warnings.map(note)], prompts };
  } catch (error) {
    if (!(error instanceof PromptError)) throw error;
    return { findings: [...new Set(error.problems)].map(fix) };
  }
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
