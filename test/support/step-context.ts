import type { StepContext } from '../../src/steps/step.js';

/** What a step is told of its chunk, as far as a test cares. */
export function stepContext(known: Partial<StepContext> = {}): StepContext {
  return {
    text: '',
    sourceLine: '',
    textname: 'A Book',
    traitsFor: (conversation) => `Manner: of conversation ${conversation}`,
    ...known,
  };
}
