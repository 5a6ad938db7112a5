import type { TraitAxes } from '../records.js';

/** One value from each axis, a line each, as prompts show them: `Occupation: baker`. */
export function drawTraits(axes: TraitAxes, random: () => number): string {
  return Object.entries(axes)
    .map(([axis, values]) => `${axis}: ${values[Math.floor(random() * values.length)] ?? ''}`)
    .join('\n');
}
