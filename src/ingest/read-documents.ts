import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { SourceDocument } from '../records.js';
import { decodeText, type ReadResult } from './decode-text.js';
import { documentId, NAME_FORM, parseDocumentName } from './document-name.js';
import { cannotBeRead, findFiles, type FoundFile, type FoundFiles, type SkippedFile } from './find-files.js';
import { keepBetweenGutenbergLines } from './gutenberg.js';
import { InputError } from './input-error.js';

/** One reader for each kind of file, by lower-case extension. A new format is one more line here. */
const READERS: Readonly<Record<string, (bytes: Uint8Array) => ReadResult | Promise<ReadResult>>> = {
  '.txt': decodeText,
  '.md': decodeText,
};
const READABLE = Object.keys(READERS).join(', ');

/** How many skipped files an error names before it only counts them. */
const MOST_NAMED = 3;

interface ReadDocumentsResult {
  /** In the order of their paths. */
  documents: SourceDocument[];
  skipped: SkippedFile[];
  warnings: string[];
}

/**
 * Reads a file, or all files of a folder and the folders below it. What cannot be used is in `skipped` with the reason.
 * With `useFilenames` a warning is given for each name that does not say what the text is and who wrote it.
 * @throws {InputError} there is no such input, or nothing in it can be used
 */
export async function readDocuments(input: string, options: { useFilenames: boolean }): Promise<ReadDocumentsResult> {
  const { files, skipped } = await findInput(input);
  const documents = new Map<string, SourceDocument>();
  for (const found of files) {
    const result = documents.has(documentId(found.path)) ? SAME_PATH : await readText(found);
    if ('reason' in result) skipped.push({ path: found.path, reason: result.reason });
    else documents.set(documentId(found.path), toDocument(found.path, result.text));
  }
  if (documents.size === 0) throw new InputError(nothingUsable(input, skipped));
  const list = [...documents.values()];
  const warnings = options.useFilenames ? list.flatMap(nameWarning) : [];
  return { documents: list, skipped, warnings };
}

/** Some file systems tell names apart that differ only in their Unicode form. */
const SAME_PATH: ReadResult = { reason: 'has the same name as another file but for its Unicode form: rename one' };

async function findInput(input: string): Promise<FoundFiles> {
  try {
    return await findFiles(input);
  } catch (error) {
    throw new InputError(
      `Input "${input}" ${cannotBeRead(error)}. Set PATH.INPUT to a file or folder that can be read.`,
      {
        cause: error,
      },
    );
  }
}

async function readText({ file, path }: FoundFile): Promise<ReadResult> {
  const reader = READERS[extname(path).toLowerCase()];
  if (reader === undefined) return { reason: `is of a kind that is not read (only ${READABLE})` };
  try {
    const result = await reader(await readFile(file));
    if ('reason' in result) return result;
    const text = keepBetweenGutenbergLines(result.text);
    return text.trim() === '' ? { reason: 'holds no text' } : { text };
  } catch (error) {
    return { reason: cannotBeRead(error) };
  }
}

function toDocument(path: string, text: string): SourceDocument {
  const name = basename(path, extname(path));
  return { id: documentId(path), path, ...parseDocumentName(name), text };
}

function nameWarning({ path, textname, author }: SourceDocument): string[] {
  if (author !== undefined) return [];
  return [`"${path}" is not named "${NAME_FORM}": prompts will call it "${textname}" and name no author. Rename it.`];
}

function nothingUsable(input: string, skipped: SkippedFile[]): string {
  const named = skipped.slice(0, MOST_NAMED).map(({ path, reason }) => `"${path}" ${reason}`);
  if (skipped.length > MOST_NAMED) named.push(`and ${skipped.length - MOST_NAMED} more`);
  const found = named.length === 0 ? 'it has no files' : named.join('; ');
  return `Input "${input}" has no text that can be used: ${found}. Put ${READABLE} files there, or change PATH.INPUT.`;
}
