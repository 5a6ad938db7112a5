import { counted, formatCount } from '../format.js';
import { CONDUCT, shareOfWorthy } from './assumptions.js';
import type { EstimateInput } from './estimate-data.js';

/** What an estimate rests on, a sentence each. */

export function describeMeasured({ measured, chunks }: Pick<EstimateInput, 'measured' | 'chunks'>): string[] {
  const worthy = measured.filter(({ isWorthy }) => isWorthy).length;
  return [
    `Projected from ${counted(measured.length, 'chunk')} of ${formatCount(chunks.length)} that this folder has done with these settings, ${formatCount(worthy)} of them worthy of questions.`,
    `The share of worthy ones is drawn a little towards ${percent(CONDUCT.likely.worthy)}, since few chunks say little of it.`,
    'The range is from chunks drawn anew among these; in one case of five the truth lies outside. A text that differs from its sample is not foreseen.',
  ];
}

export function describeAssumed({ plan: { settings }, measured }: Pick<EstimateInput, 'plan' | 'measured'>): string[] {
  const { low, likely, high } = CONDUCT;
  const share = ({ worthy }: { worthy: number }) => percent(shareOfWorthy(0, measured.length, worthy));
  const votes =
    settings.doubleCheckCounter === 0
      ? []
      : [`Votes for a question: ${percent(likely.yes)} (${percent(high.yes)} to ${percent(low.yes)}).`];
  return [
    measured.length === 0
      ? 'Nothing was measured yet: these are assumptions about models and texts in general. `--sample 10` measures.'
      : `Of ${counted(measured.length, 'chunk')} done with these settings none was worthy of questions: what a worthy one takes is assumed. A larger --sample measures.`,
    `Chunks worthy of questions: ${share(likely)} (${share(low)} to ${share(high)}), with ${formatCount(likely.questions)} questions each (to ${formatCount(high.questions)}).`,
    ...votes,
    `Answers that cannot be used: ${percent(likely.unusable)} (to ${percent(high.unusable)}).`,
    'Input tokens are counted in your texts and prompts; answers are taken to be as long as our prompts ask for. Nothing is taken to come from a cache.',
    `A call takes ${likely.seconds} s (${low.seconds} to ${high.seconds}).`,
  ];
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
