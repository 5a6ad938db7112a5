import type { Settings } from '../../config/schema.js';

/**
 * What a run leaves on the disk for each model call: request and reply in the journal, and its part in records and outputs.
 * Measured with our prompts, sample text and rehearsal model: 9.7 kB in assistant mode, 9.2 kB in role-play. Real models
 * write longer answers.
 */
const BYTES_PER_CALL = 12_000;

/** Questions that a chunk is asked for. */
const QUESTIONS = 4;
const CHECKS = 3;
const CONVERSATION_CALLS = { assistant: 1, rolePlay: 5 };

/** Roughly how large a run's output becomes, in bytes. */
export function diskNeed(chunks: number, { SYSTEM }: Settings): number {
  return chunks * callsPerChunk(SYSTEM) * BYTES_PER_CALL;
}

/** Calls for a chunk of which every question passes: a majority of each check's votes, then one revision of each pair. */
export function callsPerChunk({
  DOUBLE_CHECK_COUNTER: votes,
  REARRANGEMENTS_TO_TAKE: orders,
  ASSISTANT_MODE,
}: Pick<Settings['SYSTEM'], 'DOUBLE_CHECK_COUNTER' | 'REARRANGEMENTS_TO_TAKE' | 'ASSISTANT_MODE'>): number {
  const majority = votes === 0 ? 0 : Math.floor(votes / 2) + 1;
  const conversations = orders * (ASSISTANT_MODE ? CONVERSATION_CALLS.assistant : CONVERSATION_CALLS.rolePlay);
  return 2 + QUESTIONS * (CHECKS * majority + 1) + conversations;
}
