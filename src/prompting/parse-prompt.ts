import { isCollection, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import type { Checked, PromptFile } from './prompt.js';

/** More are refused by the services themselves. */
const MOST_STOP_STRINGS = 4;

const SAMPLING = z.strictObject({
  temperature: z.number().min(0).max(2).exactOptional(),
  top_p: z.number().gt(0).max(1).exactOptional(),
  max_tokens: z.number().int().positive().exactOptional(),
  stop: z.array(z.string().min(1)).max(MOST_STOP_STRINGS).exactOptional(),
});

const MESSAGE = z.strictObject({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string().min(1),
});

const PROMPT = z.strictObject({
  description: z.string().min(1),
  variables: z.array(z.string().regex(/^[a-z_]+$/, 'a name has small letters and _ only')),
  sampling: SAMPLING.exactOptional(),
  messages: z
    .array(MESSAGE)
    .min(1)
    .refine((messages) => messages.at(-1)?.role === 'user', 'the last message must be from user'),
});

type Path = readonly (string | number)[];

/** Reads a prompt file in our own form; problems name file and line. */
export function parseYamlPrompt(source: string, file: string): Checked<PromptFile> {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map(
        ({ message, pos }) => `${file}:${lines.linePos(pos[0]).line}: ${firstLine(message)}`,
      ),
    };
  }
  const parsed = PROMPT.safeParse(document.toJS());
  const lineOf = (path: Path): number => lineAt(document, lines, path);
  if (parsed.success) return { value: { file, ...parsed.data, lineOf } };
  return { problems: parsed.error.issues.map((issue) => `${file}:${lineOf(placeOf(issue))}: ${describe(issue)}`) };
}

type Issue = z.core.$ZodIssue;

function describe(issue: Issue): string {
  const key = issue.path.map(String).join('.');
  const text = issue.code === 'unrecognized_keys' ? `unknown key ${issue.keys.join(', ')}` : issue.message;
  return key === '' ? text : `${key}: ${text}`;
}

/** The path of what is wrong: of an unknown key itself, not of the map it is in. */
function placeOf(issue: Issue): Path {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  return issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path;
}

/** A block of text begins on the line after its mark; what is missing is looked for where it should be. */
function lineAt(document: Document, lines: LineCounter, path: Path): number {
  const node = document.getIn(path, true);
  if (isNode(node) && node.range) {
    const { line } = lines.linePos(node.range[0]);
    return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') ? line + 1 : line;
  }
  return path.length === 0 || isCollection(node) ? 1 : lineAt(document, lines, path.slice(0, -1));
}

function firstLine(message: string): string {
  return message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
}
