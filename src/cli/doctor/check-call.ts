import type { Settings } from '../../config/schema.js';
import { type CallFailure, ModelCallError } from '../../llm/errors.js';
import type { ModelClient, ModelReply } from '../../llm/model-client.js';
import { OpenAiClient } from '../../llm/openai-client.js';
import type { Prompt } from '../../prompting/prompt.js';
import type { Message, Sampling } from '../../call-record.js';
import { stepsOf } from '../../steps/index.js';
import { counted, formatCount } from '../../format.js';
import { type Finding, findingsOf } from './finding.js';
import { isPassing } from './is-passing.js';
import type { ModelUse } from './model-uses.js';

const { ok, note, fix } = findingsOf('call');

/** With a system message, as every step has one: some models refuse it. */
const MESSAGES: Message[] = [
  { role: 'system', content: 'You answer with a single word.' },
  { role: 'user', content: 'Is this line open? Answer: open.' },
];
/** Two would do for the word; a model that thinks first needs more. */
const MOST_TOKENS = 200;

/** One real call of a few tokens, with the parameters that a step sends, so that one that is refused shows. */
export async function checkCall(
  use: ModelUse,
  settings: Settings,
  prompts: Record<string, Prompt> | undefined,
): Promise<Finding> {
  const timeoutMs = settings.LIMITS.REQUEST_TIMEOUT * 1_000;
  const { baseUrl, key: apiKey, keySetting } = use;
  const client = new OpenAiClient({ baseUrl, apiKey, keySetting, timeoutMs });
  return callOnce(client, use, samplingOf(use, settings, prompts));
}

async function callOnce(client: ModelClient, { model, roles }: ModelUse, sampling: Sampling): Promise<Finding> {
  const request = { model, messages: MESSAGES, sampling: { ...sampling, max_tokens: MOST_TOKENS } };
  const headers = { 'X-Augmentoolkit-Step': 'doctor', 'X-Augmentoolkit-Call': `doctor/${roles.join('-')}` };
  try {
    return describeReply(model, await client.complete(request, { headers }));
  } catch (error) {
    if (!(error instanceof ModelCallError)) throw error;
    return describeFailure(error.failure, sampling);
  }
}

/** Of the steps that use the model, the one that sends most parameters; they all send temperature and the like. */
export function samplingOf(
  { roles }: Pick<ModelUse, 'roles'>,
  { SYSTEM }: Settings,
  prompts: Record<string, Prompt> | undefined,
): Sampling {
  const steps = stepsOf({ assistantMode: SYSTEM.ASSISTANT_MODE }).filter(({ role }) => roles.includes(role));
  const sent = steps.map(({ name, sampling }): Sampling => {
    const { stop, ...rest } = { ...sampling, ...prompts?.[name]?.sampling };
    return { ...rest, ...(SYSTEM.STOP && stop && { stop }) };
  });
  const [most] = sent.sort((one, other) => Object.keys(other).length - Object.keys(one).length);
  if (most === undefined) throw new Error(`no step uses a model as ${roles.join(' or ')}`);
  return most;
}

function describeReply(model: string, { text, finishReason, usage }: ModelReply): Finding {
  const cost = `${counted(usage.prompt, 'token')} in, ${formatCount(usage.completion)} out`;
  if (text.trim() !== '') return ok(`${model} answers (${cost})`);
  if (finishReason !== 'length') return note(`${model} answers with nothing (${cost}): try another model`);
  return note(
    `${model} came to no answer within ${MOST_TOKENS} tokens (${cost}). It thinks first: where steps come out ` +
      `cut off, give prompts of your own a larger max_tokens (sampling)`,
  );
}

function describeFailure(failure: CallFailure, sampling: Sampling): Finding {
  const { kind, message, rateLimited, stepOnly } = failure;
  if (rateLimited)
    return note(
      `${message}. A run waits and slows down by itself; LIMITS.REQUESTS_PER_MINUTE and TOKENS_PER_MINUTE spare it the refusals`,
    );
  if (isPassing(failure)) return note(`${message}. The service is busy or in trouble: a run waits and goes on`);
  if (kind === 'transport') return fix(`${message}. Check API.BASE_URL, or try again in a while`);
  if (!stepOnly) return fix(message);
  const { max_tokens: _limit, ...parameters } = sampling;
  const sent = Object.entries(parameters).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  const stop = sampling.stop === undefined ? '' : '; SYSTEM.STOP=false leaves out stop';
  return fix(`${message} It was sent ${sent.join(', ')}: prompts of your own can say otherwise (sampling)${stop}.`);
}
