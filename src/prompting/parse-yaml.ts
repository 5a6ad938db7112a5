import {
  isCollection,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Alias,
  type Document,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import { describeIssue } from './describe-issue.js';
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
  const values = valuesOf(document, (offset) => `${file}:${lines.linePos(offset).line}`);
  if (values.problems !== undefined) return { problems: values.problems };
  const parsed = schema.safeParse(values.value, { error: describeIssue });
  const lineOf = (path: Path, below = 0): number => lineAt(document, lines, path, below);
  if (parsed.success) return { value: { data: parsed.data, lineOf } };
  return { problems: parsed.error.issues.map((issue) => `${file}:${lineOf(placeOf(issue))}: ${describe(issue)}`) };
}

type Issue = z.core.$ZodIssue;

function describe(issue: Issue): string {
  const key = issue.path.map(String).join('.');
  return key === '' ? issue.message : `${key}: ${issue.message}`;
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

/** The values of the whole text, unless it is no YAML; aliases are resolved, since a file may use them well. */
function valuesOf(document: Document, placeOfOffset: (offset: number) => string): Checked<unknown> {
  if (document.errors.length > 0) {
    return { problems: document.errors.map((error) => `${placeOfOffset(error.pos[0])}: ${describeFault(error)}`) };
  }
  const aliases = aliasesIn(document);
  const places = (some: Alias[], what: (alias: Alias) => string): string[] =>
    some.map((alias) => `${placeOfOffset(alias.range?.[0] ?? 0)}: ${what(alias)}`);
  const unresolved = aliases.filter((alias) => alias.resolve(document) === undefined);
  if (unresolved.length > 0) {
    return {
      problems: places(unresolved, ({ source }) => `\`*${source}\` is an alias in YAML: put the text in quotes`),
    };
  }
  try {
    return { value: document.toJS() as unknown };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return {
      problems: places(aliases.slice(0, 1), () => 'aliases (*name) stand for too much text: write the text out'),
    };
  }
}

function aliasesIn(document: Document): Alias[] {
  const aliases: Alias[] = [];
  visit(document, { Alias: (_key, alias) => void aliases.push(alias) });
  return aliases;
}

function describeFault({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'a line with --- begins a second document: indent it, or take it out';
  return message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
}
