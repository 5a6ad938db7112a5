import { replyTo } from '../../src/rehearsal/reply.js';
import type { Reply } from '../../src/rehearsal/reply.js';
import { readCall } from '../../src/rehearsal/protocol.js';
import type { FaultRates } from '../../src/rehearsal/faults.js';
import type { ProfileName } from '../../src/rehearsal/profiles.js';
import { sampleMessages } from './sample-prompts.js';
import type { PromptValues } from './sample-prompts.js';

export interface ReplySettings {
  profile?: ProfileName;
  judgeNo?: number;
  seed?: number;
  faults?: FaultRates;
}

/** What the rehearsal model answers to a call, without a server between. */
export function sampleReply(
  step: string,
  call: string,
  values: PromptValues,
  { profile = 'agreeable', judgeNo, seed = 1, faults = {} }: ReplySettings = {},
): Reply {
  const body = JSON.stringify({ model: 'rehearsal', messages: sampleMessages(values) });
  const headers = { 'x-augmentoolkit-step': step, 'x-augmentoolkit-call': `mill-00001-abcdef01/${call}` };
  return replyTo(readCall('chat', body, headers), { profile, seed, faults, ...(judgeNo !== undefined && { judgeNo }) });
}
