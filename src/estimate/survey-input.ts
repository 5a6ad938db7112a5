import { chunkDocument } from '../ingest/chunk-document.js';
import { readText } from '../ingest/read-documents.js';
import { chooseSubset } from '../ingest/subset.js';
import { countTokens } from '../ingest/tokens.js';
import { InputError } from '../ingest/input-error.js';
import type { PlannedRun } from '../planning/make-plan.js';
import { fingerprintChunk } from '../planning/run-plan.js';

/** A chunk that a run would work on. */
export interface SurveyedChunk {
  id: string;
  document: string;
  fingerprint: string;
  /** Of its text, by the cl100k encoding. */
  tokens: number;
}

/** Cuts the input as a run would, and keeps no text of it. */
export async function surveyInput({ plan, files }: PlannedRun): Promise<SurveyedChunk[]> {
  const chunks: SurveyedChunk[] = [];
  for (const document of plan.documents) {
    const result = await readText(files.get(document.id) ?? '');
    if (!('text' in result)) throw new InputError(`${document.path} cannot be read any more: ${result.reason}`);
    for (const chunk of chunkDocument({ id: document.id, text: result.text }, plan.chunkSize)) {
      chunks.push({
        id: chunk.id,
        document: document.id,
        fingerprint: fingerprintChunk(plan, document, chunk),
        tokens: countTokens(chunk.text),
      });
    }
  }
  if (plan.subset === undefined) return chunks;
  const { chosen } = chooseSubset(chunks, plan.subset, plan.settings.seed);
  return chunks.filter(({ id }) => chosen.has(id));
}
