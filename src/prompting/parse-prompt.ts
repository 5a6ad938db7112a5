import { z } from 'zod';
import { MESSAGES } from './messages-schema.js';
import { parseYaml } from './parse-yaml.js';
import type { Checked, PromptFile } from './prompt.js';

/** More are refused by the services themselves. */
const MOST_STOP_STRINGS = 4;

const SAMPLING = z.strictObject({
  temperature: z.number().min(0).max(2).exactOptional(),
  top_p: z.number().gt(0).max(1).exactOptional(),
  max_tokens: z.number().int().positive().exactOptional(),
  stop: z.array(z.string().min(1)).max(MOST_STOP_STRINGS).exactOptional(),
});

const PROMPT = z.strictObject({
  description: z.string().min(1),
  variables: z.array(z.string().regex(/^[a-z_]+$/, 'a name has small letters and _ only')),
  sampling: SAMPLING.exactOptional(),
  messages: MESSAGES,
});

/** Reads a prompt file in our own form; problems name file and line. */
export function parseYamlPrompt(source: string, file: string): Checked<PromptFile> {
  const { value, problems } = parseYaml(source, file, PROMPT);
  if (value === undefined) return { problems };
  const { variables, sampling, messages } = value.data;
  return { value: { file, variables, ...(sampling && { sampling }), messages, lineOf: value.lineOf } };
}
