import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { SourceDocument } from '../records.js';
import { decodeText, type ReadResult } from './decode-text.js';
import { documentId, NAME_FORM, parseDocumentName } from './document-name.js';
import { cannotBeRead, findFiles, type FoundFiles, type SkippedFile } from './find-files.js';
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

interface ReadDocumentsOptions<Kept> {
  useFilenames: boolean;
  /** Makes of a document what is to be kept of it: one text at a time is in memory, unless it keeps them. */
  keep: (document: SourceDocument, file: string) => Kept;
}

interface ReadDocumentsResult<Kept> {
  /** In the order of their paths. */
  documents: Kept[];
  skipped: SkippedFile[];
  warnings: string[];
}

/**
 * Reads a file, or all files of a folder and the folders below it. What cannot be used is in `skipped` with the reason.
 * With `useFilenames` a warning is given for each name that does not say what the text is and who wrote it.
 * @throws {InputError} there is no such input, or nothing in it can be used
 */
export async function readDocuments<Kept>(
  input: string,
  { useFilenames, keep }: ReadDocumentsOptions<Kept>,
): Promise<ReadDocumentsResult<Kept>> {
  const { files, skipped } = await findInput(input);
  const documents = new Map<string, Kept>();
  const warnings: string[] = [];
  for (const { file, path } of files) {
    const result = documents.has(documentId(path)) ? SAME_PATH : await readText(file);
    if ('reason' in result) {
      skipped.push({ path, reason: result.reason });
      continue;
    }
    const document = toDocument(path, result.text);
    documents.set(document.id, keep(document, file));
    if (useFilenames) warnings.push(...nameWarning(document));
  }
  if (documents.size === 0) throw new InputError(nothingUsable(input, skipped));
  return { documents: [...documents.values()], skipped, warnings };
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

/** The text of one file, after reader and Project Gutenberg cut, or why there is none. */
export async function readText(file: string): Promise<ReadResult> {
  const reader = READERS[extname(file).toLowerCase()];
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
