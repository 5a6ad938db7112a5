import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Rehearsal } from '../../src/rehearsal/server.js';
import type { CallRecord } from '../../src/call-record.js';
import type { ChunkRecord } from '../../src/records.js';
import { askedDuring } from '../support/asked-calls.js';
import { finish, until, Workbench } from '../support/command-line.js';
import { readComparable, readJson, readJsonLines } from '../support/dataset.js';
import { millParagraph, writeTexts } from '../support/own-texts.js';

const MINUTES = 60_000;
/** Votes of each check: with one, a chunk takes 21 calls. */
const ONE_VOTE = 'SYSTEM.DOUBLE_CHECK_COUNTER=1';

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
}, 10 * MINUTES);
afterAll(() => bench.close(), MINUTES);

/** One folder of texts and one output folder, which are run again and again. */
class Project {
  readonly model: Rehearsal;
  readonly input: string;
  readonly #settings: string[];
  output: string;

  private constructor(model: Rehearsal, name: string, settings: string[]) {
    this.model = model;
    this.input = join(bench.folder, `texts of ${name}`);
    this.output = bench.output(name);
    this.#settings = settings;
  }

  static async open(name: string, texts: Record<string, string[]>, ...settings: string[]): Promise<Project> {
    const project = new Project(await bench.model(), name, settings);
    await writeTexts(project.input, texts);
    return project;
  }

  settings(...more: string[]): string[] {
    const own = [...this.#settings, `PATH.INPUT=${this.input}`, `PATH.OUTPUT=${this.output}`, ...more];
    return bench.settings(this.model, '', ...own);
  }

  async run(...more: string[]): Promise<void> {
    const { code, stderr } = await bench.augmentoolkit('run', this.settings(...more));
    if (code !== 0) throw new Error(`run ended with ${code}: ${stderr}`);
  }

  /** The calls that a run asked of the model. */
  asked(...more: string[]): Promise<string[]> {
    return askedDuring(this.model, () => this.run(...more));
  }

  /** All answers it has, those of earlier settings among them. */
  async journal(): Promise<CallRecord[]> {
    const files = await readdir(join(this.output, 'generations'));
    const calls = await Promise.all(
      files.map((file) => readJsonLines<CallRecord>(this.output, join('generations', file))),
    );
    return calls.flat();
  }

  /** `<chunk>/<call id>` of all calls in the journal that are so, sorted, each once. */
  async callsWhere(isSo: (call: CallRecord) => boolean): Promise<string[]> {
    const names = (await this.journal()).filter(isSo).map(({ call }) => `${call.chunk}/${call.id}`);
    return [...new Set(names)].toSorted((a, b) => (a < b ? -1 : 1));
  }

  callsOf(...steps: string[]): Promise<string[]> {
    return this.callsWhere(({ call }) => steps.includes(call.step));
  }

  async records(): Promise<ChunkRecord[]> {
    const files = (await readdir(join(this.output, 'records'))).toSorted((a, b) => (a < b ? -1 : 1));
    return Promise.all(files.map((file) => readJson<ChunkRecord>(this.output, join('records', file))));
  }

  /** When each chunk's record and journal were written. */
  async writtenAt(): Promise<Record<string, number>> {
    const files = await Promise.all(
      ['records', 'generations'].map(async (folder) =>
        (await readdir(join(this.output, folder))).map((file) => join(folder, file)),
      ),
    );
    const times = files.flat().map(async (file) => [file, (await stat(join(this.output, file))).mtimeMs] as const);
    return Object.fromEntries(await Promise.all(times));
  }
}

/** A folder for PATH.PROMPTS with one step's prompt, changed. */
async function changedPrompt(step: string): Promise<string> {
  const folder = join(bench.folder, `another ${step}`);
  await mkdir(folder, { recursive: true });
  const text = await readFile(resolve('prompts', `${step}.yaml`), 'utf8');
  const changed = text.replace('    content: |-\n', '    content: |-\n      Take your time.\n\n');
  expect(changed).not.toBe(text);
  await writeFile(join(folder, `${step}.yaml`), changed);
  return folder;
}

const TWO_TEXTS = { 'a.txt': [millParagraph(1)], 'b.txt': [millParagraph(2)] };
const CALLS_A_CHUNK = 21;

/** Rows and lines of one document's chunks. */
function linesOf(file: string | undefined, document: string): string[] {
  return (file ?? '').split('\n').filter((line) => line.includes(document));
}

describe('a run that is given again', () => {
  it(
    'unchanged makes no call, starts no chunk and writes the same bytes',
    async () => {
      const project = await Project.open('unchanged', TWO_TEXTS, ONE_VOTE);
      expect(await project.asked()).toHaveLength(2 * CALLS_A_CHUNK);
      const [files, times] = [await readComparable(project.output), await project.writtenAt()];

      expect(await project.asked()).toEqual([]);
      expect(await readComparable(project.output)).toEqual(files);
      expect(await project.writtenAt()).toEqual(times);
    },
    10 * MINUTES,
  );

  it(
    "with one step's prompt changed asks that step alone, where its answers stay the same; and nothing when it is changed back",
    async () => {
      const project = await Project.open('prompts', TWO_TEXTS, ONE_VOTE);
      await project.run();
      const files = await readComparable(project.output);
      const steps = ['judge-paragraph', 'check-answer-accuracy', 'revise-context', 'write-assistant-conversation'];
      for (const step of steps) {
        const asked = await project.asked(`PATH.PROMPTS=${await changedPrompt(step)}`);
        expect({ step, asked }).toEqual({ step, asked: await project.callsOf(step) });
        expect(asked.length).toBeGreaterThan(0);
      }
      expect(await project.asked()).toEqual([]);
      expect(await readComparable(project.output)).toEqual(files);
    },
    10 * MINUTES,
  );

  it(
    'with a prompt of the scene changed asks that step, and of what builds on it just what is asked otherwise now',
    async () => {
      const project = await Project.open('role-play prompts', TWO_TEXTS, ONE_VOTE, 'SYSTEM.ASSISTANT_MODE=false');
      await project.run();
      const before = await project.journal();
      const asked = await project.asked(`PATH.PROMPTS=${await changedPrompt('write-character')}`);

      const steps = ['write-character', 'plan-scenario', 'write-scenario', 'write-conversation'];
      const known = new Set(before.map(({ requestHash }) => requestHash));
      expect(asked).toEqual(await project.callsWhere(({ requestHash }) => !known.has(requestHash)));
      const builtOn = await project.callsOf(...steps);
      expect(builtOn).toEqual(expect.arrayContaining(asked));
      expect(asked).toEqual(expect.arrayContaining(await project.callsOf('write-character')));
    },
    10 * MINUTES,
  );

  it(
    'with files added, removed and put back asks for the chunks of a new file only, and loses no row',
    async () => {
      const project = await Project.open('files', TWO_TEXTS, ONE_VOTE);
      await project.run();
      const two = await readComparable(project.output);

      await writeTexts(project.input, { 'aa.txt': [millParagraph(3)] });
      const asked = await project.asked();
      expect(asked).toHaveLength(CALLS_A_CHUNK);
      expect(asked.every((call) => call.startsWith('aa-'))).toBe(true);
      const three = await readComparable(project.output);
      const added = asked[0]?.split('/')[0] ?? '';
      const kept = Object.entries(three).filter(([file]) => !file.includes(added));
      const withoutAdded = kept.map(([file, content]) => [file, withoutLines(content, 'mill number 3')]);
      expect(Object.fromEntries(withoutAdded)).toEqual(two);

      await rename(join(project.input, 'aa.txt'), join(bench.folder, 'aa.txt'));
      expect(await project.asked()).toEqual([]);
      expect(await readComparable(project.output)).toEqual(two);
      for (const file of [`generations/${added}.jsonl`, `records/${added}.json`])
        expect((await stat(join(project.output, file))).size).toBeGreaterThan(0);

      const times = await project.writtenAt();
      await rename(join(bench.folder, 'aa.txt'), join(project.input, 'aa.txt'));
      expect(await project.asked()).toEqual([]);
      expect(await readComparable(project.output)).toEqual(three);
      expect(await project.writtenAt()).toEqual(times);
    },
    10 * MINUTES,
  );

  it(
    'with a text changed in its middle asks for the chunks whose text changed',
    async () => {
      const paragraphs = [1, 2, 3, 4, 5].map((number) => millParagraph(number));
      const project = await Project.open('middle', { 'long.txt': paragraphs }, ONE_VOTE, 'SYSTEM.CHUNK_SIZE=130');
      await project.run();
      const chunks = await readdir(join(project.output, 'records'));
      expect(chunks).toHaveLength(5);

      const changed = paragraphs.with(2, millParagraph(3).replace('of oak', 'of elm'));
      await writeTexts(project.input, { 'long.txt': changed });
      const asked = await project.asked();
      expect(asked).toHaveLength(CALLS_A_CHUNK);
      const asking = new Set(asked.map((call) => `${call.split('/')[0]}.json`));
      expect(asking.size).toBe(1);
      expect(chunks).not.toContain([...asking][0]);
      const rows = await readJsonLines<unknown>(project.output, 'messages.jsonl');
      expect(rows).toHaveLength(15);
      expect(JSON.stringify(rows)).toContain('of elm');
      expect(linesOf((await readComparable(project.output))['messages.jsonl'], 'In 1730')).toHaveLength(3);
    },
    10 * MINUTES,
  );
});

/** A file without the lines that hold a text. */
function withoutLines(content: string, text: string): string {
  return content
    .split('\n')
    .filter((line) => !line.includes(text))
    .join('\n');
}

describe('a run that is given again with other settings', () => {
  it(
    'asks only what is asked in another way, and nothing when they are as before',
    async () => {
      const project = await Project.open('settings', TWO_TEXTS);
      await project.run();
      const files = await readComparable(project.output);
      const conversations = await project.callsOf('write-assistant-conversation');
      const others = await project.callsWhere(({ call }) => call.step !== 'write-assistant-conversation');

      expect(await project.asked('API.LARGE_LOGICAL_MODEL=rehearsal-huge')).toEqual(conversations);
      expect(await project.asked('API.LOGICAL_MODEL=rehearsal-tiny')).toEqual(others);

      const third = await project.asked('SYSTEM.DOUBLE_CHECK_COUNTER=5');
      expect(third).toEqual(await project.callsWhere(({ call }) => call.id.endsWith('.3')));
      expect(third).toHaveLength(2 * 4 * 3);
      expect(await project.asked()).toEqual([]);

      const fourth = await project.asked('SYSTEM.REARRANGEMENTS_TO_TAKE=4');
      expect(fourth).toEqual(await project.callsWhere(({ call }) => call.id === 'c4.conversation'));
      expect(fourth).toHaveLength(2);
      expect(await project.asked('SYSTEM.REARRANGEMENTS_TO_TAKE=2')).toEqual([]);

      const known = new Set((await project.journal()).map(({ requestHash }) => requestHash));
      const shuffled = await project.asked('SYSTEM.SEED=2');
      expect(shuffled).toEqual(await project.callsWhere(({ requestHash }) => !known.has(requestHash)));
      expect(conversations).toEqual(expect.arrayContaining(shuffled));

      expect(await project.asked()).toEqual([]);
      expect(await readComparable(project.output)).toEqual(files);
      expect(project.model.stats().repeats).toMatchObject({ inFlight: 0, afterAbandoned: 0 });
    },
    10 * MINUTES,
  );

  it(
    'asks nothing where only the way to the model or the limits are others',
    async () => {
      const project = await Project.open('ways', TWO_TEXTS, ONE_VOTE);
      await project.run();
      const [files, times] = [await readComparable(project.output), await project.writtenAt()];
      const elsewhere = await bench.model();
      const ways = [
        ['SYSTEM.CONCURRENCY_LIMIT=3', 'LIMITS.REQUEST_TIMEOUT=60'],
        [`API.BASE_URL=${elsewhere.url}`],
        [`API.LARGE_BASE_URL=${elsewhere.url}`, 'API.API_KEY=another'],
      ];
      for (const way of ways) expect({ way, asked: await project.asked(...way) }).toEqual({ way, asked: [] });
      expect(elsewhere.stats().calls).toBe(0);
      expect(await readComparable(project.output)).toEqual(files);
      expect(await project.writtenAt()).toEqual(times);
    },
    10 * MINUTES,
  );

  it(
    'asks for other chunks where their size is another, and for none that came out the same',
    async () => {
      const long = [1, 2, 3, 4].map((number) => millParagraph(number));
      const texts = { 'short.txt': [millParagraph(9, 3)], 'long.txt': long };
      const project = await Project.open('sizes', texts, ONE_VOTE, 'SYSTEM.CHUNK_SIZE=130');
      await project.run();
      const files = await readComparable(project.output);

      const asked = await project.asked('SYSTEM.CHUNK_SIZE=260');
      expect(asked).toHaveLength(2 * CALLS_A_CHUNK);
      expect(asked.every((call) => call.startsWith('long-'))).toBe(true);
      expect(await project.asked()).toEqual([]);
      expect(await readComparable(project.output)).toEqual(files);
    },
    10 * MINUTES,
  );

  it(
    'has both kinds of conversation at the price of one each, however often ASSISTANT_MODE is turned',
    async () => {
      const project = await Project.open('modes', TWO_TEXTS, ONE_VOTE);
      await project.run();
      const assistant = await readComparable(project.output);
      // Character, scenario and their plans, and the conversation: five calls for each of three conversations.
      expect(await project.asked('SYSTEM.ASSISTANT_MODE=false')).toHaveLength(2 * 3 * 5);
      const rolePlay = await readComparable(project.output);

      expect(await project.asked()).toEqual([]);
      expect(await readComparable(project.output)).toEqual(assistant);
      expect(await project.asked('SYSTEM.ASSISTANT_MODE=false')).toEqual([]);
      expect(await readComparable(project.output)).toEqual(rolePlay);
    },
    10 * MINUTES,
  );

  it(
    'takes the chunks of a subset into the whole',
    async () => {
      const project = await Project.open('subset', { ...TWO_TEXTS, 'c.txt': [millParagraph(3)] }, ONE_VOTE);
      const one = await project.asked('SYSTEM.USE_SUBSET=true', 'SYSTEM.SUBSET_SIZE=1');
      expect(one).toHaveLength(CALLS_A_CHUNK);
      const rest = await project.asked();
      expect(rest).toHaveLength(2 * CALLS_A_CHUNK);
      expect(rest.filter((call) => one.includes(call))).toEqual([]);
    },
    10 * MINUTES,
  );

  it(
    'asks the steps whose sampling is another in their prompt',
    async () => {
      const project = await Project.open('sampling', TWO_TEXTS, ONE_VOTE);
      await project.run();
      const folder = join(bench.folder, 'cooler');
      await mkdir(folder);
      const text = await readFile(resolve('prompts', 'check-question.yaml'), 'utf8');
      await writeFile(join(folder, 'check-question.yaml'), `${text}sampling:\n  temperature: 0\n`);

      const asked = await project.asked(`PATH.PROMPTS=${folder}`);
      expect(asked).toEqual(await project.callsOf('check-question'));
      const cool = (await project.journal()).filter(({ request }) => request.sampling.temperature === 0);
      expect(cool).toHaveLength(asked.length);
    },
    10 * MINUTES,
  );
});

describe('a run that was still open when it is given again with other settings', () => {
  const LIMIT = 4;

  it(
    'says what changed, and repeats no more than the calls in flight when it was killed',
    async () => {
      const project = await Project.open('open', TWO_TEXTS, `SYSTEM.CONCURRENCY_LIMIT=${LIMIT}`);
      const slow = await bench.model({ latencyMs: 200 });
      const settings = (...more: string[]) => project.settings(`API.BASE_URL=${slow.url}`, ...more);
      const child = bench.spawn('run', settings());
      const ended = finish(child);
      await until('calls are made', () => slow.stats().calls > 30, 5 * MINUTES);
      child.kill('SIGKILL');
      await ended;
      await until('the model has seen that its callers are gone', () => slow.stats().inFlight.now === 0, 5 * MINUTES);

      const changes = ['SYSTEM.REARRANGEMENTS_TO_TAKE=2', `PATH.PROMPTS=${await changedPrompt('revise-context')}`];
      const again = await bench.augmentoolkit('run', settings(...changes));
      expect(again).toMatchObject({ code: 0 });
      expect(again.stderr).toContain('Changed since this run was started');
      expect(again.stderr).toContain('the prompt revise-context');
      const { repeats } = slow.stats();
      expect(repeats.count + repeats.afterAbandoned).toBeLessThanOrEqual(2 * LIMIT);
      expect(repeats.inFlight).toBe(0);

      const fresh = await Project.open('open, undisturbed', TWO_TEXTS);
      await fresh.run(...changes);
      expect(await readComparable(project.output)).toEqual(await readComparable(fresh.output));
    },
    10 * MINUTES,
  );

  it(
    'is started anew beneath its worker, which repeats nothing',
    async () => {
      const project = await Project.open('beneath a worker', TWO_TEXTS, `SYSTEM.CONCURRENCY_LIMIT=${LIMIT}`);
      const slow = await bench.model({ latencyMs: 200 });
      const settings = (...more: string[]) => project.settings(`API.BASE_URL=${slow.url}`, ...more);
      expect(await bench.augmentoolkit('start', settings())).toMatchObject({ code: 0 });
      const worker = bench.spawn('worker', settings());
      const stopped = finish(worker);
      await until('calls are made', () => slow.stats().calls > 10, 5 * MINUTES);

      const again = await bench.augmentoolkit('start', settings('SYSTEM.REARRANGEMENTS_TO_TAKE=2'));
      expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('Changed since this run was started') });
      expect(await bench.augmentoolkit('watch', settings())).toMatchObject({ code: 0 });
      worker.kill('SIGTERM');
      expect(await stopped).toMatchObject({ code: 0 });
      expect(slow.stats()).toMatchObject({ repeats: { count: 0, afterAbandoned: 0 } });
      expect(slow.stats().calls).toBe((await project.journal()).length);
    },
    10 * MINUTES,
  );
});

describe('a run that has moved', () => {
  it(
    'goes on in a copy of its folder, and in the folder at another place, without a call',
    async () => {
      const project = await Project.open('here', TWO_TEXTS, ONE_VOTE);
      await project.run();
      const files = await readComparable(project.output);
      const [here, copy, there] = [project.output, bench.output('copy'), bench.output('there')];
      await cp(here, copy, { recursive: true });
      await rename(here, there);
      for (const place of [copy, there]) {
        project.output = place;
        expect(await project.asked()).toEqual([]);
        expect(await readComparable(place)).toEqual(files);
      }
      await rm(copy, { recursive: true });
    },
    10 * MINUTES,
  );

  it(
    'goes on with another Temporal server, which knows nothing of it, without a call',
    async () => {
      const project = await Project.open('other server', TWO_TEXTS, ONE_VOTE);
      await project.run();
      const [files, times] = [await readComparable(project.output), await project.writtenAt()];
      const away = await Workbench.open();
      try {
        const asked = await askedDuring(project.model, async () => {
          expect(await away.augmentoolkit('run', project.settings())).toMatchObject({ code: 0 });
        });
        expect(asked).toEqual([]);
        expect(await readComparable(project.output)).toEqual(files);
        expect(await project.writtenAt()).toEqual(times);
      } finally {
        await away.close();
      }
    },
    10 * MINUTES,
  );
});
