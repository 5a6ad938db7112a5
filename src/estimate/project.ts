import { seededRandom } from '../random.js';
import { PRIOR_CHUNKS, shareOfWorthy } from './assumptions.js';
import type { MeasuredChunk, StepUse } from './measured-chunks.js';
import { scaleUses } from './sum-uses.js';

/** What is to be projected to. */
export interface Rest {
  /** Chunks that are not measured. */
  chunks: number;
  /** cl100k tokens of all their texts. */
  tokens: number;
}

/** What all chunks together take, measured and projected. */
export interface Projection {
  uses: StepUse[];
  /** Chunks that the judge finds suitable. */
  worthy: number;
}

/**
 * What was measured, and for all other chunks what those took on average. Chunks that the judge found suitable count
 * apart: they take some thirty calls where the others take one, so that their share matters most. It is drawn towards
 * what texts have in general, as if a few more chunks had been seen: ten chunks alone say little of it.
 */
export function projectAll(measured: readonly MeasuredChunk[], rest: Rest): Projection {
  const worthy = measured.filter(({ isWorthy }) => isWorthy);
  const share = shareOfWorthy(worthy.length, measured.length);
  return project(measured, worthy, share, rest);
}

function project(
  measured: readonly MeasuredChunk[],
  worthy: readonly MeasuredChunk[],
  share: number,
  { chunks, tokens }: Rest,
): Projection {
  const unworthy = measured.filter(({ isWorthy }) => !isWorthy);
  const textTokens = chunks === 0 ? 0 : tokens / chunks;
  // A judge's call is the same for both kinds.
  const judged = unworthy.length > 0 ? unworthy : measured.map(onlyJudged);
  const done = measured.flatMap(({ uses }) => uses);
  return {
    worthy: measured.length - unworthy.length + chunks * share,
    uses: [
      ...done,
      ...scaleUses(meanUses(worthy, textTokens), chunks * share),
      ...scaleUses(meanUses(judged, textTokens), chunks * (1 - share)),
    ],
  };
}

const JUDGE = 'judge-paragraph';

function onlyJudged(chunk: MeasuredChunk): MeasuredChunk {
  return { ...chunk, uses: chunk.uses.filter(({ step }) => step === JUDGE) };
}

/** Steps whose prompts hold no text of the chunk. */
const WITHOUT_TEXT = [
  'revise-context',
  'plan-scenario',
  'write-scenario',
  'write-conversation',
  'write-assistant-conversation',
];

/** Of one chunk, moved to texts of this length: each call that shows the text takes so much more or less. */
function meanUses(chunks: readonly MeasuredChunk[], textTokens: number): StepUse[] {
  if (chunks.length === 0) return [];
  const mean = chunks.reduce((sum, { tokens }) => sum + tokens, 0) / chunks.length;
  return chunks
    .flatMap(({ uses }) => scaleUses(uses, 1 / chunks.length))
    .map((use) =>
      WITHOUT_TEXT.includes(use.step)
        ? use
        : { ...use, prompt: Math.max(0, use.prompt + use.calls * (textTokens - mean)) },
    );
}

/** So many draws tell the ends of four fifths to within a few per cent. */
const DRAWS = 400;

/**
 * The same again and again with chunks drawn anew from those measured (a bootstrap), and with the share of suitable
 * ones drawn around what is known of it; seeded, so that the same folder gives the same range.
 */
export function drawProjections(measured: readonly MeasuredChunk[], rest: Rest): Projection[] {
  const random = seededRandom('estimate', measured.length, rest.chunks);
  const worthy = measured.filter(({ isWorthy }) => isWorthy);
  const share = shareOfWorthy(worthy.length, measured.length);
  const spread = Math.sqrt((share * (1 - share)) / (measured.length + PRIOR_CHUNKS + 1));
  return Array.from({ length: DRAWS }, () => {
    const drawn = worthy.map(() => worthy[Math.floor(random() * worthy.length)]).filter((chunk) => chunk !== undefined);
    const drawnShare = Math.min(1, Math.max(0, share + spread * normal(random)));
    return project(measured, drawn, drawnShare, rest);
  });
}

/** By Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
