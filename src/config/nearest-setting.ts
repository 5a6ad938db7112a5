import { closest } from 'fastest-levenshtein';
import { SETTINGS, settingsSchema } from './schema.js';

const byBareName = new Map(SETTINGS.map(({ key }) => [bareName(key), key]));
const knownNames = [...Object.keys(settingsSchema.shape), ...SETTINGS.map(({ key }) => key), ...byBareName.keys()];

/** The setting somebody meant who wrote `unknown`: the same name in another group, or the one spelled most alike. */
export function nearestSetting(unknown: string): string {
  const sameName = byBareName.get(bareName(unknown));
  if (sameName !== undefined) return sameName;
  const nearest = closest(unknown, knownNames);
  return byBareName.get(nearest) ?? nearest;
}

function bareName(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}
