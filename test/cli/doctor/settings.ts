import { loadSettings, type LoadedSettings } from '../../../src/config/load.js';

/** The program's own settings with some changed, as a command loads them. */
export function loaded(set: string[] = [], environment: NodeJS.ProcessEnv = {}): Promise<LoadedSettings> {
  return loadSettings({ file: 'config.yaml', fileIsDefault: true, set, environment });
}
