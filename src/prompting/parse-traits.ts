import { z } from 'zod';
import type { TraitAxes } from '../records.js';
import { parseYaml } from './parse-yaml.js';
import type { Checked } from './prompt.js';

const TRAITS = z.strictObject({
  description: z.string().min(1),
  axes: z
    .record(
      z.string().min(1),
      z
        .array(z.string().regex(/\S/, 'is blank: write a value, or take it out'), 'must be a list of values')
        .min(1, 'needs a value'),
    )
    .refine((axes) => Object.keys(axes).length > 0, 'needs an axis'),
});

/** Reads a file of traits; problems name file and line. */
export function parseTraits(source: string, file: string): Checked<TraitAxes> {
  const { value, problems } = parseYaml(source, file, TRAITS);
  return value === undefined ? { problems } : { value: value.data.axes };
}
