import { dirname, join } from 'node:path';

/** What pages name: links, settings, commands. Pure. */

export interface Link {
  /** From the project's folder. */
  path: string;
  /** Of a heading; empty: the page as a whole. */
  anchor: string;
}

/** Links to files of ours; `file` is the page that they stand on. */
export function linksOf(file: string, page: string): Link[] {
  return [...page.matchAll(/\]\((?!https?:)([^)\s#]*)(?:#([^)\s]*))?\)/g)].map(([, target = '', anchor = '']) => ({
    path: target === '' ? file : join(dirname(file), target),
    anchor,
  }));
}

/** As GitHub makes them of headings. */
export function anchorsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** `SYSTEM.CHUNK_SIZE` and the like. What the program shows may be somebody's mistake. */
export function settingsOf(page: string): string[] {
  const told = page.replace(/<!-- shown:[^]*?<!-- end of shown -->/g, '');
  return [...told.matchAll(/\b(?:PATH|API|SYSTEM|LIMITS|TEMPORAL)\.[A-Z][A-Z_]+\b/g)].map(([key]) => key);
}

export interface Mention {
  /** As in `run`; empty where an option stands alone. */
  command: string;
  options: string[];
}

/** Commands as they are given in code, with their options; and options alone. */
export function commandsOf(page: string): Mention[] {
  const code = [...page.matchAll(/```[^]*?```|`[^`\n]+`/g)].map(([text]) => text.replaceAll('`', ''));
  const lines = code.flatMap((text) => text.split('\n'));
  return lines.flatMap((line) => {
    const given = [...line.matchAll(/(?:npx |^)augmentoolkit ([a-z]+)\b(.*)/g)];
    if (given.length > 0)
      return given.map(([, command = '', rest = '']) => ({ command, options: optionsIn(withoutRemark(rest)) }));
    return /^--[a-z]/.test(line) ? [{ command: '', options: optionsIn(line).slice(0, 1) }] : [];
  });
}

/** What follows may be a remark, another sentence, or another program's. */
function withoutRemark(rest: string): string {
  return rest.replace(/ #.*$| of .*$|[;,].*$/, '');
}

function optionsIn(text: string): string[] {
  return [...text.matchAll(/(?<=^| )--[a-z][a-z-]*/g)].map(([option]) => option);
}
