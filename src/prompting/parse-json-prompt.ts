import type { Message } from '../call-record.js';
import { MESSAGES } from './messages-schema.js';
import { parseYaml } from './parse-yaml.js';
import type { Checked, PromptFile } from './prompt.js';

/**
 * Reads a chat prompt in the form of Augmentoolkit's own files, a JSON list of messages; problems name file and line.
 * YAML holds JSON, and its reader knows the lines.
 */
export function parseJsonPrompt(source: string, file: string): Checked<PromptFile> {
  const { value, problems } = parseYaml(source, file, MESSAGES);
  if (value === undefined) return { problems };
  const broken = brokenTexts(source);
  if (broken.length > 0) {
    return {
      problems: broken.map((line) => `${file}:${line}: a text must stay on its line; write \\n for a line break`),
    };
  }
  // The list is the whole file, and its texts are no blocks: a line below the first cannot be told.
  return { value: { file, messages: value.data.map(withLineBreaks), lineOf: ([, ...path]) => value.lineOf(path) } };
}

const TEXT = /"(?:[^"\\]|\\[^])*"/g;

/** The lines of texts with a line break inside, which JSON forbids and YAML would turn into a blank. */
function brokenTexts(source: string): number[] {
  return [...source.matchAll(TEXT)]
    .filter(([text]) => text.includes('\n'))
    .map(({ index }) => source.slice(0, index).split('\n').length);
}

/** Augmentoolkit's files were escaped twice: where no line break is real, the characters `\` and `n` stand for one. */
function withLineBreaks({ role, content }: Message): Message {
  return { role, content: content.includes('\n') ? content : content.replaceAll('\\n', '\n') };
}
