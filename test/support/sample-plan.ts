import type { RunPlan } from '../../src/planning/run-plan.js';
import { fingerprintPlan, planDocument } from '../../src/planning/run-plan.js';

/** The plan of a small run over one text. */
export const SAMPLE_PLAN: RunPlan = fingerprintPlan({
  program: '0123456789abcdef',
  documents: [
    planDocument({
      id: 'canals-0a1b2c',
      path: 'Canals, by Ada Brook.txt',
      textname: 'Canals',
      author: 'Ada Brook',
      text: 'A lock has two pairs of gates. They point upstream.',
    }),
  ],
  chunkSize: 400,
  useFilenames: false,
  useStopStrings: true,
  models: { logical: 'rehearsal', large: 'rehearsal-large' },
  settings: {
    until: 'conversations',
    assistantMode: true,
    doubleCheckCounter: 3,
    questionVersions: 5,
    rearrangements: 3,
    conversationAttempts: 2,
    seed: 1,
  },
  assistantPrompt: 'You are a helpful assistant.',
  prompts: {
    'judge-paragraph': { hash: 'aaaa', messages: [{ role: 'user', content: 'Judge: {text}' }] },
    'check-question': { hash: 'bbbb', messages: [{ role: 'user', content: 'Check: {question}' }] },
  },
  skipped: [],
});
