import { createDraw } from './draw.js';
import type { Draw } from './draw.js';
import { drawAnswerFault } from './faults.js';
import type { AnswerFault } from './faults.js';
import type { RehearsalOptions } from './options.js';
import { isStepName, PLAYS } from './plays/index.js';
import type { StepName } from './plays/index.js';
import { unusableAnswer } from './plays/unusable.js';
import { PROFILES } from './profiles.js';
import type { ProfileRates } from './profiles.js';
import type { Completion, ModelCall } from './protocol.js';
import { readFields } from './read-request.js';
import { countText } from './tokens.js';

export interface Reply extends Completion {
  /** Tokens of the text. */
  tokens: number;
  /** What was done to the answer on purpose. */
  fault?: AnswerFault | 'unusable';
}

/** An answer of the fault `long` has so many times the tokens that it may have. */
const LONG = 100;

const PLAIN_ANSWER =
  'This is the rehearsal model. It plays the steps of a run by rules and knows nothing else; ' +
  'a request names its step in the header X-Augmentoolkit-Step.';

export type ReplySettings = Pick<RehearsalOptions, 'seed' | 'profile' | 'judgeNo' | 'faults'>;

/** The answer to a call: nothing but the seed, the call's id and its messages decide on it. */
export function replyTo(call: ModelCall, settings: ReplySettings): Reply {
  const draw = createDraw(settings.seed, call.callId ?? '', call.messagesHash);
  const step = call.step;
  if (step === undefined || !isStepName(step)) return limited(PLAIN_ANSWER, call);
  const fault = drawAnswerFault(settings.faults, createDraw(settings.seed, call.callId ?? call.messagesHash));
  const { profile, judgeNo } = settings;
  const rates = { ...PROFILES[profile], ...(judgeNo !== undefined && { judgeNo }) };
  return playStep(step, call, draw, rates, fault);
}

function playStep(step: StepName, call: ModelCall, draw: Draw, rates: ProfileRates, fault?: AnswerFault): Reply {
  if (fault === 'garbage') return { ...limited(unusableAnswer(step, draw), call), fault };
  if (draw('unusable') < rates.unusable) return { ...limited(unusableAnswer(step, draw), call), fault: 'unusable' };
  const text = PLAYS[step]({ fields: readFields(call.endpoint, call.messages), callId: idInChunk(call), draw, rates });
  if (fault === 'truncate') return { ...cut(text, 0.5), fault };
  if (fault === 'long') return { ...prolonged(text, call), fault };
  return limited(text, call);
}

/** `<chunk>/<call id>` -> `<call id>`. */
function idInChunk({ callId = '' }: ModelCall): string {
  return callId.slice(callId.lastIndexOf('/') + 1);
}

/** As `stop` and `max_tokens` have it. */
function limited(whole: string, { stop, maxTokens }: ModelCall): Reply {
  const ends = stop.map((word) => whole.indexOf(word)).filter((place) => place >= 0);
  const text = whole.slice(0, Math.min(whole.length, ...ends));
  const tokens = countText(text);
  if (maxTokens === undefined || tokens <= maxTokens) return { text, finishReason: 'stop', tokens };
  return { ...cut(text, maxTokens / tokens), tokens: maxTokens };
}

/** A model that never stops, and a server that does not stop it. */
function prolonged(text: string, { maxTokens }: ModelCall): Reply {
  const tokens = countText(text);
  const times = Math.ceil((LONG * (maxTokens ?? tokens)) / tokens);
  return { text: `${text}\n`.repeat(times), finishReason: 'stop', tokens: tokens * times };
}

/** The first part of a text, `share` from 0 to 1, never half a character. */
function cut(text: string, share: number): Reply {
  const kept = text.slice(0, Math.floor(text.length * share)).replace(/[\uD800-\uDBFF]$/, '');
  return { text: kept, finishReason: 'length', tokens: countText(kept) };
}
