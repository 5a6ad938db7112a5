import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { type Finished, finish, until, Workbench } from '../support/command-line.js';
import { decodedText, findKeys, findKeysIn } from '../support/planted-keys.js';
import type { PassingCall, SwitchedAnswer } from '../support/switchable-provider.js';
import { apiError, SwitchableProvider, webPage } from '../support/switchable-provider.js';

const MINUTES = 60_000;

/** No two share eight characters, and none shares them with any text. */
const KEYS = {
  file: 'sk-Yq7pWm0RkTv5xHd98Yc4321zZ',
  fileLarge: 'kf83jQ0xVbN5mLr2TzW6pGd9',
  environment: 'gsk_h4Jt9BnXc2Vq8Lw5Rf7Ps0Dy',
  environmentLarge: 'planted-secret-0918273645546372',
  temporal: 'eyJtmprlQ3Xw8Zk1Vb6Nn4Ms7',
};
const ALL_KEYS = Object.values(KEYS);

let bench: Workbench;
/** The settings with their keys, outside of the folders that are searched. */
let settingsFolder: string;
let provider: SwitchableProvider;
let large: SwitchableProvider;
/** All that any command printed. */
let printed = '';
beforeAll(async () => {
  bench = await Workbench.open();
  settingsFolder = await mkdtemp(join(tmpdir(), 'augmentoolkit-settings-'));
  const model = await bench.model();
  provider = await SwitchableProvider.start(model.url);
  large = await SwitchableProvider.start(model.url);
}, MINUTES);
afterAll(async () => {
  await bench.close();
  await provider.close();
  await large.close();
  await rm(settingsFolder, { recursive: true });
}, MINUTES);

/** A settings file that points at both providers and names a key for each. */
async function writeSettings(output: string): Promise<string[]> {
  const root = resolve('.');
  const settings = {
    PATH: {
      INPUT: join(root, 'samples'),
      OUTPUT: bench.output(output),
      DEFAULT_PROMPTS: join(root, 'prompts'),
      PROMPTS: join(root, 'prompts'),
    },
    API: {
      BASE_URL: provider.url,
      LOGICAL_MODEL: 'rehearsal-small',
      LARGE_LOGICAL_MODEL: 'rehearsal-large',
      LARGE_BASE_URL: large.url,
      API_KEY: KEYS.file,
      LARGE_API_KEY: KEYS.fileLarge,
    },
    SYSTEM: { ASSISTANT_MODE: true, USE_SUBSET: true, SUBSET_SIZE: 1 },
  };
  const file = join(settingsFolder, `${output}.yaml`);
  await writeFile(file, JSON.stringify(settings));
  return ['--config', file];
}

async function command(name: string, args: string[], env: Record<string, string> = {}): Promise<Finished> {
  return print(await bench.augmentoolkit(name, args, env));
}

function print(finished: Finished): Finished {
  printed += finished.stdout + finished.stderr;
  return finished;
}

function keyOf({ authorization }: PassingCall): string {
  return authorization.replace(/^Bearer /, '');
}

function completion(content: string, finishReason = 'stop'): SwitchedAnswer {
  const choices = [{ index: 0, finish_reason: finishReason, message: { role: 'assistant', content } }];
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ choices }) };
}

/** How providers and what stands before them repeat keys in answers that are tried again. */
const ECHOES: ((key: string) => SwitchedAnswer)[] = [
  (key) => apiError(500, `Upstream refused the key ${key}`),
  (key) => apiError(503, `No capacity for ${key.slice(0, 6)}...${key.slice(-4)}`, { param: key, code: key }),
  (key) => apiError(429, `Slow down, ${key.slice(0, 9)}****${key.slice(-9)}`),
  (key) => ({ ...apiError(502, 'Bad gateway'), headers: { 'content-type': 'application/json', 'x-received': key } }),
  (key) => webPage(504, `No answer for ${key}`),
  (key) => webPage(200, `Log in with ${key}`),
  (key) => ({ status: 200, headers: { 'content-type': 'application/json' }, body: `{"authorization": "Bearer ${key}` }),
  (key) => ({ status: 500, headers: { 'content-type': 'text/plain' }, body: `authorization: Bearer ${key}\n` }),
];

/** How models and gateways repeat them in answers that count. */
function answerWith(call: PassingCall): SwitchedAnswer | undefined {
  const key = keyOf(call);
  if (call.call.endsWith('/judge'))
    return completion(`The headers were Authorization: Bearer ${key}, cut ${key.slice(3)}.\nVerdict: SUITABLE`, key);
  if (call.call.endsWith('/generate'))
    return completion(
      `1. Question: What opens the gate?\nAnswer: The gate is opened by ${key}, or ${key.slice(0, 12)}.`,
    );
  if (call.call.endsWith('/q1.v1.question.1')) return completion(`I only know ${key} and ${key.slice(-8)}.`);
  if (call.call.endsWith('/q1.v1.question.1.b')) return apiError(400, `Content policy: ${key} was flagged`);
  if (call.step === 'write-assistant-conversation') return completion(`User: ${key}\n`.repeat(20_000));
  return undefined;
}

/** Each call is first turned down with one of the echoes, and then answered. */
function echoing() {
  const seen = new Set<string>();
  return (call: PassingCall): SwitchedAnswer | undefined => {
    if (seen.has(call.call)) return answerWith(call);
    seen.add(call.call);
    return ECHOES[seen.size % ECHOES.length]?.(keyOf(call));
  };
}

/** A run that is blocked, looked at, put right, and led to its end through every echo. */
async function runThrough(output: string, flags: string[], env: Record<string, string>): Promise<Finished> {
  const config = await writeSettings(output);
  provider.to((call) => apiError(401, `Incorrect API key provided: ${keyOf(call)}, not ${keyOf(call).slice(0, 10)}`));
  large.to(echoing());
  const running = finish(bench.spawn('run', [...config, ...flags], env));
  await until('the run is blocked', () => provider.turnedDown > 0, 2 * MINUTES);
  await until('status says so', async () => (await command('status', config)).stdout.includes('Incorrect API key'));
  await command('status', [...config, '--json']);
  await command('doctor', config, env);
  provider.to(echoing());
  const finished = print(await running);
  await command('status', [...config, '--json', '--debug']);
  return finished;
}

/** All histories on the server, decoded. */
async function readHistories(): Promise<string> {
  const connection = await Connection.connect({ address: bench.temporalAddress });
  try {
    const { workflow } = new Client({ connection });
    const texts: string[] = [];
    for await (const { workflowId, runId } of workflow.list()) {
      texts.push(decodedText(await workflow.getHandle(workflowId, runId).fetchHistory()));
    }
    return texts.join('\n');
  } finally {
    await connection.close();
  }
}

describe('API keys', () => {
  it(
    'are nowhere but where they were given, whatever the provider repeats of them',
    async () => {
      const fromFile = await runThrough('key-in-file', ['--json', '--debug'], {});
      expect(fromFile).toMatchObject({ code: 0 });
      const environment = {
        AUGMENTOOLKIT_API_KEY: KEYS.environment,
        AUGMENTOOLKIT_LARGE_API_KEY: KEYS.environmentLarge,
      };
      expect(await runThrough('key-in-environment', [], environment)).toMatchObject({ code: 0 });
      // For a Temporal that is not there.
      expect(await command('list', ['--debug'], { TEMPORAL_API_KEY: KEYS.temporal })).not.toMatchObject({ code: 0 });

      // All four were sent, so that they could be repeated.
      const sent = [...provider.answered, ...large.answered].map(({ call }) => keyOf(call));
      expect(new Set(sent)).toEqual(new Set([KEYS.file, KEYS.fileLarge, KEYS.environment, KEYS.environmentLarge]));
      const histories = await readHistories();
      expect(findKeys(printed, ALL_KEYS)).toEqual([]);
      expect(findKeys(histories, ALL_KEYS)).toEqual([]);
      expect(await findKeysIn(bench.folder, ALL_KEYS)).toEqual([]);
      // What was searched holds what the keys were replaced with.
      expect(printed).toContain('[key]');
      expect(histories).toContain('The gate is opened by [key], or [key].');
      for (const output of ['key-in-file', 'key-in-environment']) {
        expect(await readFile(join(bench.output(output), 'state/worker.log'), 'utf8')).toContain('[key]');
      }
    },
    10 * MINUTES,
  );
});
