import { SettingsError } from '../../config/settings-error.js';
import { type CommandContext, type GlobalOptions, openContext } from '../command-context.js';
import { type Finding, findingsOf } from './finding.js';
import { shownPath } from './shown-path.js';

const { ok, note, fix } = findingsOf('settings');

/** Reads the settings as every command does. Without a context nothing else can be checked. */
export async function checkSettings(
  options: GlobalOptions,
): Promise<{ findings: Finding[]; context?: CommandContext }> {
  try {
    const context = await openContext(options);
    const { file, warnings } = context.loaded;
    return { findings: [ok(shownPath(file)), ...warnings.map(note)], context };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { findings: error.problems.map(fix) };
  }
}
