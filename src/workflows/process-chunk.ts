import { proxyActivities, setCurrentDetails, setWorkflowOptions, workflowInfo } from '@temporalio/workflow';
import { summarizeRecord } from '../accounting.js';
import type { Activities } from '../activities/contract.js';
import { chunkOfWorkflow } from '../ids.js';
import type { ChunkResult, ItemRounds, PipelineSettings, RunContext } from '../run-context.js';
import type { ChunkStory, Outcome } from '../records.js';
import { generateQuestions } from '../steps/generate-questions.js';
import { judgeParagraph } from '../steps/judge-paragraph.js';
import { ioActivityOptions } from './activity-options.js';
import { writeConversations } from './conversations.js';
import { describeChunk, type QuestionStanding } from './details.js';
import type { Ask } from './model-calls.js';
import { modelCalls } from './model-calls.js';
import { revisePairs } from './revision.js';
import { showOutcome } from './show-outcome.js';
import { vetQuestions } from './vetting.js';

/** Which chunk it is says the workflow's id. */
export interface ProcessChunkInput {
  context: RunContext;
  /** Of everything that shapes this chunk's result. */
  fingerprint: string;
  /** Of its items that are tried again. */
  rounds?: ItemRounds;
}

/** A bug that one chunk's story brings to light fails that chunk; as a task tried for ever it would hold up the run. */
setWorkflowOptions({ failureExceptionTypes: [Error] }, processChunk);

/** One source chunk, from its text to its conversations. Ends with its record written, whatever became of it. */
export async function processChunk(input: ProcessChunkInput): Promise<ChunkResult> {
  const { context, fingerprint, rounds } = input;
  const chunk = chunkOfWorkflow(workflowInfo().workflowId);
  const { ask, totals } = modelCalls(context, rounds);
  const story: ChunkStory = {
    judge: { calls: [] },
    generate: { calls: [] },
    questions: [],
    pairs: [],
    conversations: [],
  };
  const standings = new Map<number, QuestionStanding>();
  const tell = (outcome?: Outcome) => {
    const known = [...standings.values()].sort((a, b) => a.number - b.number);
    setCurrentDetails(describeChunk({ story, standings: known, ...(outcome && { outcome }) }));
  };
  const watch = (standing: QuestionStanding) => {
    standings.set(standing.number, standing);
    tell();
  };
  tell();
  const outcome = await develop(chunk, story, ask, context.settings, { tell, watch });
  tell(outcome);
  const record = { chunk, fingerprint, until: context.settings.until, ...outcome, ...story, totals };
  await proxyActivities<Activities>(ioActivityOptions(context)).recordChunk.executeWithOptions(
    { summary: 'write the record' },
    [{ plan: context.plan, record }],
  );
  showOutcome(context, record.state);
  return summarizeRecord(record);
}

/** Whoever looks on is told what changed. */
interface Audience {
  tell: () => void;
  watch: (standing: QuestionStanding) => void;
}

/** Fills in the chunk's story step by step, and returns how it ended. */
async function develop(
  chunk: string,
  story: ChunkStory,
  ask: Ask,
  settings: PipelineSettings,
  { tell, watch }: Audience,
): Promise<Outcome> {
  const judged = await ask(judgeParagraph, { item: 'judge', summary: 'judge the paragraph', input: {} });
  story.judge.calls = judged.calls;
  if (judged.kind !== 'usable') return { state: 'failed', step: judgeParagraph.name, reason: judged.reason };
  story.judge = { ...judged.value, calls: judged.calls };
  tell();
  if (judged.value.verdict === 'unsuitable') {
    return { state: 'rejected', step: judgeParagraph.name, reason: judged.value.reason };
  }

  const generated = await ask(generateQuestions, { item: 'generate', summary: 'generate questions', input: {} });
  story.generate.calls = generated.calls;
  if (generated.kind !== 'usable') return { state: 'failed', step: generateQuestions.name, reason: generated.reason };

  story.questions = await vetQuestions(generated.value, ask, settings, watch);
  tell();
  story.pairs = await revisePairs(story.questions, ask);
  tell();
  if (!story.pairs.some((pair) => pair.state === 'accepted')) return noPairSurvived(story);

  if (settings.until === 'conversations') {
    story.conversations = await writeConversations(chunk, story.pairs, ask, settings);
  }
  return { state: 'accepted' };
}

/** Where a question or pair could not be decided, neither is the chunk. */
function noPairSurvived({ questions, pairs }: ChunkStory): Outcome {
  const undecided = [...questions, ...pairs].filter((item) => item.state === 'failed').length;
  if (undecided === 0) return { state: 'rejected', step: 'pairs', reason: 'no pair survived' };
  return { state: 'failed', step: 'pairs', reason: `no pair survived, and ${undecided} could not be decided` };
}
