import type { CallFailure } from '../../llm/errors.js';
import { isLoopback } from '../../config/missing-key.js';
import { type Finding, findingsOf } from './finding.js';
import { isPassing } from './is-passing.js';
import { listModels, type ModelList } from './list-models.js';
import { hostOf, type ModelUse } from './model-uses.js';
import { nearestModels } from './nearest-models.js';

const { ok, note, fix, skipped } = findingsOf('models');

export interface CheckedService {
  findings: Finding[];
  /** What calls need first; absent where they can be made. */
  needs?: string;
}

/**
 * Asks a service, once, whether it has the models it is used for.
 * @param uses of one service
 * @param isCallNext a call follows, which tells more than a list
 */
export async function checkService(
  uses: readonly [ModelUse, ...ModelUse[]],
  { isCallNext }: { isCallNext: boolean },
): Promise<CheckedService> {
  const [first] = uses;
  if (first.isKeyMissing) {
    return { findings: uses.map(({ model }) => skipped(`${model}: needs the key`)), needs: 'the key' };
  }
  const list = await listModels(first);
  if (list !== 'no list' && 'kind' in list) return describeTrouble(first, list);
  return { findings: uses.map((use) => describeList(use, list, isCallNext)) };
}

function describeTrouble(use: ModelUse, failure: CallFailure): CheckedService {
  if (isPassing(failure)) return { findings: [note(`${failure.message}. Its list of models cannot be had now`)] };
  const help = failure.kind === 'transport' ? `. ${howToReach(use)}` : '';
  return { findings: [fix(`${failure.message}${help}`)], needs: `an answer from ${hostOf(use)}` };
}

/** Some services list only a part of their models, so that a name which is not listed is no fault yet. */
function describeList(use: ModelUse, list: Exclude<ModelList, CallFailure>, isCallNext: boolean): Finding {
  const { model, setting } = use;
  const host = hostOf(use);
  if (list === 'no list') {
    if (isCallNext) return ok(`${model}: ${host} lists no models; the call decides`);
    return note(`${model}: ${host} lists no models, so that only a call would tell (leave out --no-calls)`);
  }
  if (list.names.includes(model)) return ok(`${model} is listed by ${host}`);
  const nearest = nearestModels(model, list.names);
  const instead = nearest.length === 0 ? 'it lists none' : `the nearest it lists: ${nearest.join(', ')}`;
  return note(`${model} (${setting}) is not among the models of ${host}; ${instead}`);
}

function howToReach({ baseUrl }: ModelUse): string {
  return isLoopback(baseUrl)
    ? `Start the server, or check the address: ${baseUrl}`
    : `Check the address (${baseUrl}) and the way to it (network, proxy)`;
}
