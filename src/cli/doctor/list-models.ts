import OpenAI, { APIError } from 'openai';
import { type CallFailure, classifyFailure } from '../../llm/errors.js';
import { hostOf, type ModelUse } from './model-uses.js';

/** The names a service lists; `no list`: it has none, or not for this key; or why it could not be asked. */
export type ModelList = { names: string[] } | 'no list' | CallFailure;

/** A list is quick, or the service is in trouble. */
const LIST_TIMEOUT_MS = 20_000;

/** `GET {BASE_URL}/models`. Costs nothing. */
export async function listModels(use: ModelUse): Promise<ModelList> {
  const client = new OpenAI({
    baseURL: use.baseUrl,
    // As for calls: the package refuses an empty key, and takes these from variables that are not ours.
    apiKey: use.key === '' ? 'none' : use.key,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: LIST_TIMEOUT_MS,
    // Else OPENAI_LOG has it print what the service sends, keys that it repeats among it.
    logLevel: 'off',
  });
  try {
    const body: unknown = await client.get('/models');
    return readNames(body) ?? 'no list';
  } catch (error) {
    if (error instanceof APIError && hasNoList(error.status)) return 'no list';
    return classifyFailure(error, {
      host: hostOf(use),
      model: use.model,
      keySetting: use.keySetting,
      timeoutMs: LIST_TIMEOUT_MS,
      hasAnswered: false,
      secrets: [use.key],
      now: Date.now(),
    });
  }
}

/** Not offered, or not to this key: some keys may call models and nothing else. */
function hasNoList(status: number | undefined): boolean {
  return status === 403 || status === 404 || status === 405 || status === 501;
}

/** `{"data": [{"id": ...}]}`, or the bare array that some send; Gemini puts `models/` before each name. */
function readNames(body: unknown): { names: string[] } | undefined {
  const list: unknown = typeof body === 'object' && body !== null && 'data' in body ? body.data : body;
  if (!Array.isArray(list)) return undefined;
  const names = list.flatMap((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'id' in entry && typeof entry.id === 'string' ? [entry.id] : [],
  );
  return { names: names.map((name) => name.replace(/^models\//, '')) };
}
