import { generateQuestions } from '../../../src/steps/generate-questions.js';
import { judgeParagraph } from '../../../src/steps/judge-paragraph.js';
import { modelCalls } from '../../../src/workflows/model-calls.js';
import type { ProcessChunkInput } from '../../../src/workflows/process-chunk.js';

/** A change that must not go unnoticed: it generates before it judges. */
export async function processChunk({ context }: ProcessChunkInput): Promise<void> {
  const { ask } = modelCalls(context);
  await ask(generateQuestions, { item: 'generate', summary: 'generate questions', input: {} });
  await ask(judgeParagraph, { item: 'judge', summary: 'judge the paragraph', input: {} });
}
