import { createHash } from 'node:crypto';
import type { SourceDocument } from '../records.js';

/** The form of a file name, without its extension, that says what the text is and who wrote it. */
export const NAME_FORM = '[textname], by authorname[, published YEAR]';
const NAME_PARTS = /^(?<textname>.+), by (?<author>.+?)(?:, published (?<published>[^,]*\d[^,]*))?$/;

/** Chunk ids serve as file names, workflow ids and HTTP headers, so they stay short and ASCII. */
const LONGEST_SLUG = 60;
const HASH_DIGITS = 6;

type DocumentName = Pick<SourceDocument, 'textname' | 'author' | 'published'>;

/** What a file name (without folder and extension) says; a name of another form is the textname as a whole. */
export function parseDocumentName(name: string): DocumentName {
  const { textname, author, published } = NAME_PARTS.exec(name)?.groups ?? {};
  if (textname === undefined || author === undefined) return { textname: name };
  return published === undefined ? { textname, author } : { textname, author, published };
}

/** `<textname>, by <author>, published <year>`, as far as it is known. */
export function citeSource({ textname, author, published }: DocumentName): string {
  const by = author === undefined ? '' : `, by ${author}`;
  const year = published === undefined ? '' : `, published ${published}`;
  return `${textname}${by}${year}`;
}

/** `From: <textname>, by <author>, published <year>`. */
export function sourceLine(document: DocumentName): string {
  return `From: ${citeSource(document)}`;
}

/** `path`: relative to the input, with `/`. `Bücher/Über Bienen.txt` becomes `bucher-uber-bienen-` and 6 hex digits. */
export function documentId(path: string): string {
  const composed = path.normalize('NFC');
  const hash = createHash('sha256').update(composed).digest('hex').slice(0, HASH_DIGITS);
  return `${slug(composed.replace(/\.[^./]+$/, ''))}-${hash}`;
}

function slug(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase();
  const words = ascii.replace(/[^a-z0-9]+/g, '-').replace(/^-/, '');
  return words.slice(0, LONGEST_SLUG).replace(/-$/, '') || 'document';
}
