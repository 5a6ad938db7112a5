/** How a well-known service or local server is used, for `init`. */
export interface Preset {
  name: string;
  /** For people. */
  title: string;
  baseUrl: string;
  /** The models are examples: services add and retire them all the time. */
  logicalModel: string;
  /** Empty: the same model. */
  largeModel: string;
  /** Calls at once that a small account, or a machine of one's own, is likely to stand. */
  concurrencyLimit: number;
  /** Where a key is made; a server on this machine needs none. */
  keyPage?: string;
  /** Where its models are listed. */
  modelsPage?: string;
  /** What starts a local server. */
  start?: string;
  remarks: readonly string[];
}

const THINKS_FIRST =
  'This model thinks before it answers, which counts towards max_tokens: where answers come out cut off, give prompts ' +
  'of your own a larger one (sampling).';

const SERVICES: readonly Preset[] = [
  {
    name: 'together',
    title: 'Together AI',
    baseUrl: 'https://api.together.xyz/v1',
    logicalModel: 'meta-llama/Llama-3.3-70B-Instruct-Turbo',
    largeModel: '',
    concurrencyLimit: 50,
    keyPage: 'https://api.together.ai/settings/api-keys',
    modelsPage: 'https://docs.together.ai/docs/serverless-models',
    remarks: [],
  },
  {
    name: 'openrouter',
    title: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    logicalModel: 'meta-llama/llama-3.3-70b-instruct',
    largeModel: '',
    concurrencyLimit: 30,
    keyPage: 'https://openrouter.ai/settings/keys',
    modelsPage: 'https://openrouter.ai/models',
    remarks: ['Models whose names end in :free allow only a few calls a minute and a day.'],
  },
  {
    name: 'groq',
    title: 'Groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    logicalModel: 'openai/gpt-oss-120b',
    largeModel: '',
    concurrencyLimit: 10,
    keyPage: 'https://console.groq.com/keys',
    modelsPage: 'https://console.groq.com/docs/models',
    remarks: ['The free plan allows few calls a minute: a run waits and goes on, but slowly.', THINKS_FIRST],
  },
  {
    name: 'mistral',
    title: 'Mistral AI',
    baseUrl: 'https://api.mistral.ai/v1',
    logicalModel: 'mistral-small-latest',
    largeModel: 'mistral-large-latest',
    concurrencyLimit: 5,
    keyPage: 'https://console.mistral.ai/api-keys',
    modelsPage: 'https://docs.mistral.ai/getting-started/models/',
    remarks: ['The free plan allows about one call a second; with a paid one CONCURRENCY_LIMIT may be higher.'],
  },
  {
    name: 'openai',
    title: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    logicalModel: 'gpt-4.1-mini',
    largeModel: 'gpt-4.1',
    concurrencyLimit: 30,
    keyPage: 'https://platform.openai.com/api-keys',
    modelsPage: 'https://platform.openai.com/docs/models',
    remarks: [
      'These two are to be retired in January 2027. Newer ones think first and refuse any temperature but 1: to use one, ' +
        'copy the prompts (init with --prompts all) and set temperature to 1 under sampling in each.',
      'That they call max_tokens max_completion_tokens is taken care of.',
    ],
  },
  {
    name: 'deepseek',
    title: 'DeepSeek',
    baseUrl: 'https://api.deepseek.com',
    logicalModel: 'deepseek-v4-flash',
    largeModel: 'deepseek-v4-pro',
    concurrencyLimit: 50,
    keyPage: 'https://platform.deepseek.com/api_keys',
    modelsPage: 'https://api-docs.deepseek.com/quick_start/pricing',
    remarks: [THINKS_FIRST],
  },
  {
    name: 'fireworks',
    title: 'Fireworks AI',
    baseUrl: 'https://api.fireworks.ai/inference/v1',
    logicalModel: 'accounts/fireworks/models/gpt-oss-120b',
    largeModel: '',
    concurrencyLimit: 30,
    keyPage: 'https://fireworks.ai/account/api-keys',
    modelsPage: 'https://app.fireworks.ai/models?filter=LLM&serverless=true',
    remarks: [THINKS_FIRST],
  },
  {
    name: 'deepinfra',
    title: 'DeepInfra',
    baseUrl: 'https://api.deepinfra.com/v1/openai',
    logicalModel: 'meta-llama/Llama-3.3-70B-Instruct-Turbo',
    largeModel: '',
    concurrencyLimit: 50,
    keyPage: 'https://deepinfra.com/dash/api_keys',
    modelsPage: 'https://deepinfra.com/models',
    remarks: [],
  },
  {
    name: 'cerebras',
    title: 'Cerebras',
    baseUrl: 'https://api.cerebras.ai/v1',
    logicalModel: 'gpt-oss-120b',
    largeModel: '',
    concurrencyLimit: 5,
    keyPage: 'https://cloud.cerebras.ai',
    modelsPage: 'https://inference-docs.cerebras.ai/models/overview',
    remarks: ['It is fast, and its limits by the minute are soon reached: a run waits and goes on.', THINKS_FIRST],
  },
  {
    name: 'gemini',
    title: 'Google Gemini',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    logicalModel: 'gemini-3.5-flash-lite',
    largeModel: 'gemini-3.8-flash',
    concurrencyLimit: 10,
    keyPage: 'https://aistudio.google.com/apikey',
    modelsPage: 'https://ai.google.dev/gemini-api/docs/models',
    remarks: [
      'This is the address for OpenAI-compatible calls. The free plan allows few of them a minute.',
      THINKS_FIRST,
    ],
  },
];

/** Every prompt with its chunk and the longest answer it may have stays under this. */
const CONTEXT = 8_192;
const LOCAL_SLOTS = 4;

const LOCAL_SERVERS: readonly Preset[] = [
  {
    name: 'ollama',
    title: 'Ollama on this machine',
    baseUrl: 'http://127.0.0.1:11434/v1',
    logicalModel: 'llama3.1:8b',
    largeModel: '',
    concurrencyLimit: LOCAL_SLOTS,
    modelsPage: 'https://ollama.com/library',
    start: `OLLAMA_CONTEXT_LENGTH=${CONTEXT} OLLAMA_NUM_PARALLEL=${LOCAL_SLOTS} ollama serve`,
    remarks: [
      'Fetch the model first: `ollama pull llama3.1:8b`.',
      'On small graphics cards the context is 4096 tokens by default, and what is longer is cut without a word.',
    ],
  },
  {
    name: 'vllm',
    title: 'vLLM on this machine',
    baseUrl: 'http://127.0.0.1:8000/v1',
    logicalModel: 'meta-llama/Llama-3.1-8B-Instruct',
    largeModel: '',
    concurrencyLimit: 32,
    modelsPage: 'https://docs.vllm.ai/en/latest/models/supported_models.html',
    start: `vllm serve meta-llama/Llama-3.1-8B-Instruct --max-model-len ${CONTEXT}`,
    remarks: ['It works on many calls together: a higher CONCURRENCY_LIMIT may be faster.'],
  },
  {
    name: 'llama-cpp',
    title: 'llama.cpp on this machine',
    baseUrl: 'http://127.0.0.1:8080/v1',
    logicalModel: 'local',
    largeModel: '',
    concurrencyLimit: LOCAL_SLOTS,
    start: `llama-server -m model.gguf --alias local --parallel ${LOCAL_SLOTS} --ctx-size ${LOCAL_SLOTS * CONTEXT}`,
    remarks: ['The context (--ctx-size) is shared out among the parallel calls.'],
  },
  {
    name: 'lm-studio',
    title: 'LM Studio on this machine',
    baseUrl: 'http://127.0.0.1:1234/v1',
    logicalModel: 'qwen2.5-7b-instruct',
    largeModel: '',
    concurrencyLimit: LOCAL_SLOTS,
    modelsPage: 'https://lmstudio.ai/models',
    start: 'lms server start',
    remarks: [`Load the model with a context of ${CONTEXT} tokens or more; \`lms ls\` shows the names.`],
  },
  {
    name: 'rehearsal',
    title: 'the built-in rehearsal model (no key, nothing to pay)',
    baseUrl: 'http://127.0.0.1:8300/v1',
    logicalModel: 'rehearsal',
    largeModel: 'rehearsal-large',
    concurrencyLimit: 50,
    start: 'npx augmentoolkit rehearsal',
    remarks: ['It plays every step by rules, so that you see what a run does; its data is not for training.'],
  },
];

export const PRESETS: readonly Preset[] = [...SERVICES, ...LOCAL_SERVERS];
