import type { Settings } from '../../config/schema.js';
import { chunkDocument } from '../../ingest/chunk-document.js';
import { InputError } from '../../ingest/input-error.js';
import { readDocuments } from '../../ingest/read-documents.js';
import type { SourceDocument } from '../../records.js';
import { counted, formatCount } from '../../format.js';
import { type Finding, findingsOf, firstOf } from './finding.js';
import { shownPath } from './shown-path.js';

const { ok, note, fix } = findingsOf('input');

export interface CheckedInput {
  findings: Finding[];
  /** How many chunks a run takes, roughly; absent where there is no input. */
  chunks?: number;
}

/** Reads the input as a run does, and says what comes of it and what is left out. */
export async function checkInput({ PATH, SYSTEM }: Settings): Promise<CheckedInput> {
  try {
    const { documents, skipped, warnings } = await readDocuments(PATH.INPUT, {
      useFilenames: SYSTEM.USE_FILENAMES,
      keep: (document) => document,
    });
    const { count, isExact } = countChunks(documents, SYSTEM.CHUNK_SIZE);
    const chunks = SYSTEM.USE_SUBSET ? Math.min(count, SYSTEM.SUBSET_SIZE) : count;
    const subset =
      chunks < count
        ? `, of which ${formatCount(chunks)} ${chunks === 1 ? 'is' : 'are'} taken (SYSTEM.USE_SUBSET)`
        : '';
    const texts = `${counted(documents.length, 'text')} in ${shownPath(PATH.INPUT)}`;
    const found = `${texts}: ${isExact ? '' : 'about '}${counted(count, 'chunk')}${subset}`;
    const leftOut = skipped.map(({ path, reason }) => `${path} is left out: it ${reason}`);
    return { findings: [ok(found), ...firstOf(leftOut).map(note), ...firstOf(warnings).map(note)], chunks };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { findings: [fix(error.message)] };
  }
}

/** Cut in a second or two; of longer input the first part stands for the rest. */
const MOST_CUT = 3_000_000;

export function countChunks(
  documents: readonly Pick<SourceDocument, 'id' | 'text'>[],
  size: number,
  mostCut = MOST_CUT,
): { count: number; isExact: boolean } {
  const total = documents.reduce((sum, { text }) => sum + text.length, 0);
  let count = 0;
  let before = 0;
  for (const document of documents) {
    for (const { span } of chunkDocument(document, size)) {
      count += 1;
      const cut = before + span.end;
      if (cut > mostCut) return { count: Math.round((count * total) / cut), isExact: false };
    }
    before += document.text.length;
  }
  return { count, isExact: true };
}
