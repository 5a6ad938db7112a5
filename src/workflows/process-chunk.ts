import { proxyActivities, setCurrentDetails, setWorkflowOptions } from '@temporalio/workflow';
import { summarizeRecord } from '../accounting.js';
import type { Activities } from '../activities/contract.js';
import type { ChunkRecord, ChunkResult, Outcome, RunContext } from '../records.js';
import { generateQuestions } from '../steps/generate-questions.js';
import { judgeParagraph } from '../steps/judge-paragraph.js';
import { ioActivityOptions } from './activity-options.js';
import { writeConversations } from './conversations.js';
import { describeChunk } from './details.js';
import type { Ask } from './model-calls.js';
import { modelCalls } from './model-calls.js';
import { revisePairs } from './revision.js';
import { vetQuestions } from './vetting.js';

export interface ProcessChunkInput {
  context: RunContext;
  chunk: string;
  /** Of everything that shapes this chunk's result. */
  fingerprint: string;
  /** For people: where the chunk comes from. */
  label: string;
}

/** A bug that one chunk's story brings to light fails that chunk; as a task tried for ever it would hold up the run. */
setWorkflowOptions({ failureExceptionTypes: [Error] }, processChunk);

/** One source chunk, from its text to its conversations. Ends with its record written, whatever became of it. */
export async function processChunk({ context, chunk, fingerprint, label }: ProcessChunkInput): Promise<ChunkResult> {
  const { ask, totals } = modelCalls(context, chunk);
  const story: ChunkRecord = {
    chunk,
    fingerprint,
    until: context.settings.until,
    // Until something else is known.
    state: 'failed',
    questions: [],
    pairs: [],
    conversations: [],
    totals,
  };
  const tell = () => setCurrentDetails(describeChunk(label, story));
  Object.assign(story, await develop(story, ask, context, tell));
  tell();
  await proxyActivities<Activities>(ioActivityOptions(context)).recordChunk.executeWithOptions(
    { summary: 'write the record' },
    [{ plan: context.plan, record: story }],
  );
  return summarizeRecord(story);
}

/** Fills in the chunk's story step by step, and returns how it ended. */
async function develop(story: ChunkRecord, ask: Ask, { settings }: RunContext, tell: () => void): Promise<Outcome> {
  tell();
  const judged = await ask(judgeParagraph, { item: 'judge', summary: 'judge the paragraph', input: {} });
  if (judged.kind !== 'usable') return { state: 'failed', step: judgeParagraph.name, reason: judged.reason };
  story.judge = { ...judged.value, calls: judged.calls };
  if (judged.value.verdict === 'unsuitable') {
    return { state: 'rejected', step: judgeParagraph.name, reason: judged.value.reason };
  }

  const generated = await ask(generateQuestions, { item: 'generate', summary: 'generate questions', input: {} });
  if (generated.kind !== 'usable') return { state: 'failed', step: generateQuestions.name, reason: generated.reason };
  story.generate = { calls: generated.calls };

  story.questions = await vetQuestions(generated.value, ask, settings);
  tell();
  story.pairs = await revisePairs(story.questions, ask);
  tell();
  if (!story.pairs.some((pair) => pair.state === 'accepted')) return noPairSurvived(story);

  if (settings.until === 'conversations') {
    story.conversations = await writeConversations(story.chunk, story.pairs, ask, settings);
  }
  return { state: 'accepted' };
}

/** Where a question or pair could not be decided, neither is the chunk. */
function noPairSurvived({ questions, pairs }: ChunkRecord): Outcome {
  const undecided = [...questions, ...pairs].filter((item) => item.state === 'failed').length;
  if (undecided === 0) return { state: 'rejected', step: 'pairs', reason: 'no pair survived' };
  return { state: 'failed', step: 'pairs', reason: `no pair survived, and ${undecided} could not be decided` };
}
