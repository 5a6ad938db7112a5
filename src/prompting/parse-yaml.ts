import { isCollection, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import type { Checked, Path } from './prompt.js';

export interface ParsedYaml<Data> {
  data: Data;
  /** The line, from 1, on which the value under this path begins, or this many lines below in a block of text. */
  lineOf: (path: Path, below?: number) => number;
}

/** Reads a YAML text and holds it against a schema; every problem names file and line. */
export function parseYaml<Schema extends z.ZodType>(
  source: string,
  file: string,
  schema: Schema,
): Checked<ParsedYaml<z.output<Schema>>> {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map(
        ({ message, pos }) => `${file}:${lines.linePos(pos[0]).line}: ${firstLine(message)}`,
      ),
    };
  }
  const parsed = schema.safeParse(document.toJS());
  const lineOf = (path: Path, below = 0): number => lineAt(document, lines, path, below);
  if (parsed.success) return { value: { data: parsed.data, lineOf } };
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

/**
 * A block of text begins on the line after its mark; texts in other forms say nothing of the lines in the file.
 * What is missing is looked for where it should be.
 */
function lineAt(document: Document, lines: LineCounter, path: Path, below: number): number {
  const node = document.getIn(path, true);
  if (isNode(node) && node.range) {
    const { line } = lines.linePos(node.range[0]);
    if (isScalar(node) && node.type === 'BLOCK_LITERAL') return line + 1 + below;
    return isScalar(node) && node.type === 'BLOCK_FOLDED' ? line + 1 : line;
  }
  return path.length === 0 || isCollection(node) ? 1 : lineAt(document, lines, path.slice(0, -1), 0);
}

function firstLine(message: string): string {
  return message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
}
