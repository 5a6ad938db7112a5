import { closest } from 'fastest-levenshtein';
import { UsageError } from '../exit.js';
import { type Preset, PRESETS } from './presets.js';

/** @throws UsageError that lists all presets where there is none of this name, or no name */
export function findPreset(name: string | undefined): Preset {
  if (name === undefined || name.trim() === '')
    throw new UsageError(`Name a service or a local server with --provider:\n${listPresets()}`);
  const preset = PRESETS.find((each) => each.name === name.trim().toLowerCase());
  if (preset !== undefined) return preset;
  const names = PRESETS.map((each) => each.name);
  throw new UsageError(
    `There is no preset "${name}"; did you mean ${closest(name.toLowerCase(), names)}? These there are:\n${listPresets()}\n` +
      `Any other OpenAI-compatible service works too: take the nearest, and change API.BASE_URL and the models.`,
  );
}

function listPresets(): string {
  const width = Math.max(...PRESETS.map(({ name }) => name.length)) + 2;
  return PRESETS.map(({ name, title }) => `  ${name.padEnd(width)}${title}`).join('\n');
}
