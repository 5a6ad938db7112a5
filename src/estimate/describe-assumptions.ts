import { counted, formatCount } from '../format.js';
import { CONDUCT, WORTHY_PRIOR } from './assumptions.js';
import type { EstimateInput } from './estimate-data.js';

/** What an estimate rests on, a sentence each. */

export function describeMeasured({ measured, chunks }: Pick<EstimateInput, 'measured' | 'chunks'>): string[] {
  const worthy = measured.filter(({ isWorthy }) => isWorthy).length;
  return [
    `Projected from ${counted(measured.length, 'chunk')} of ${formatCount(chunks.length)} that this folder has done with these settings, ${formatCount(worthy)} of them worthy of questions.`,
    `The share of worthy ones is drawn a little towards ${percent(WORTHY_PRIOR.share)}, since few chunks say little of it.`,
    'The range is from chunks drawn anew among these; in one case of five the truth lies outside. A text that differs from its sample is not foreseen.',
  ];
}

export function describeAssumed({ plan: { settings } }: Pick<EstimateInput, 'plan'>): string[] {
  const { low, likely, high } = CONDUCT;
  const votes =
    settings.doubleCheckCounter === 0
      ? []
      : [`Votes for a question: ${percent(likely.yes)} (${percent(high.yes)} to ${percent(low.yes)}).`];
  return [
    'Nothing was measured yet: these are assumptions about models and texts in general. `--sample 10` measures.',
    `Chunks worthy of questions: ${percent(likely.worthy)} (${percent(low.worthy)} to ${percent(high.worthy)}), with ${formatCount(likely.questions)} questions each (to ${formatCount(high.questions)}).`,
    ...votes,
    `Answers that cannot be used: ${percent(likely.unusable)} (to ${percent(high.unusable)}).`,
    'Input tokens are counted in your texts and prompts; answers are taken to be as long as our prompts ask for. Nothing is taken to come from a cache.',
    `A call takes ${likely.seconds} s (${low.seconds} to ${high.seconds}).`,
  ];
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
