import type { RunPlan } from '../../src/planning/run-plan.js';
import {
  describeChanges,
  fingerprintChunk,
  fingerprintPlan,
  planDocument,
  readPlan,
  writePlan,
} from '../../src/planning/run-plan.js';
import { LocalStore } from '../../src/store/local-store.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { SAMPLE_PLAN } from '../support/sample-plan.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();
const [DOCUMENT = planDocument({ id: '', path: '', textname: '', text: '' })] = SAMPLE_PLAN.documents;
const CHUNK = { id: 'canals-0a1b2c-00001-89abcdef', text: 'A lock has two pairs of gates.' };

function changed(change: Partial<Omit<RunPlan, 'fingerprint'>>): RunPlan {
  const { fingerprint: _before, ...plan } = SAMPLE_PLAN;
  return fingerprintPlan({ ...plan, ...change });
}

const { settings, prompts, models } = SAMPLE_PLAN;
const judge = prompts['judge-paragraph'] ?? { hash: '', messages: [] };

/** What shapes the result of each chunk. */
const SHAPING: [string, Partial<RunPlan>, string][] = [
  ['the program', { program: 'other' }, 'the program'],
  ['USE_FILENAMES', { useFilenames: true }, 'USE_FILENAMES'],
  ['STOP', { useStopStrings: false }, 'STOP'],
  ['a model', { models: { ...models, large: 'other' } }, 'the models'],
  ['the seed', { settings: { ...settings, seed: 2 } }, 'the settings'],
  ['the places of a vote', { settings: { ...settings, doubleCheckCounter: 5 } }, 'the settings'],
  ['how far it goes', { settings: { ...settings, until: 'pairs' } }, 'the settings'],
  [
    'a prompt',
    { prompts: { ...prompts, 'judge-paragraph': { ...judge, hash: 'other' } } },
    'the prompt judge-paragraph',
  ],
  ['a retry of one of its items', { retries: { [CHUNK.id]: { q2: 2 } } }, 'failed items are tried again'],
];

/** What changes the plan, but no chunk that stays. */
const OTHER: [string, Partial<RunPlan>, string][] = [
  [
    'another text beside it',
    { documents: [...SAMPLE_PLAN.documents, planDocument({ id: 'b', path: 'b', textname: 'B', text: 'b' })] },
    'the input texts',
  ],
  ['CHUNK_SIZE', { chunkSize: 200 }, 'CHUNK_SIZE'],
  ['the subset', { subset: 13 }, 'the subset'],
  [
    'a retry of another chunk',
    { retries: { 'weirs-3d4e5f-00001-01234567': { c1: 2 } } },
    'failed items are tried again',
  ],
  ['ASSISTANT_PROMPT', { assistantPrompt: 'You are terse.' }, 'ASSISTANT_PROMPT'],
];

describe("a plan's fingerprint", () => {
  it('does not depend on the order in which things were put together', () => {
    const shuffled = Object.fromEntries(Object.entries(SAMPLE_PLAN).reverse()) as unknown as RunPlan;
    const { fingerprint: _before, ...plan } = shuffled;
    expect(fingerprintPlan(plan).fingerprint).toBe(SAMPLE_PLAN.fingerprint);
  });

  it('does not depend on files that were passed over', () => {
    expect(changed({ skipped: [{ path: 'a.bin', reason: 'no text' }] }).fingerprint).toBe(SAMPLE_PLAN.fingerprint);
  });

  it.each([...SHAPING, ...OTHER])('changes with %s', (_what, change) => {
    expect(changed(change).fingerprint).not.toBe(SAMPLE_PLAN.fingerprint);
  });
});

describe("a chunk's fingerprint", () => {
  const fingerprint = fingerprintChunk(SAMPLE_PLAN, DOCUMENT, CHUNK);

  it.each(SHAPING)('changes with %s', (_what, change) => {
    expect(fingerprintChunk(changed(change), DOCUMENT, CHUNK)).not.toBe(fingerprint);
  });

  it.each(OTHER)('does not change with %s', (_what, change) => {
    expect(fingerprintChunk(changed(change), DOCUMENT, CHUNK)).toBe(fingerprint);
  });

  it('changes with its text and with what its document is called', () => {
    expect(fingerprintChunk(SAMPLE_PLAN, DOCUMENT, { ...CHUNK, text: `${CHUNK.text} ` })).not.toBe(fingerprint);
    expect(fingerprintChunk(SAMPLE_PLAN, { ...DOCUMENT, author: 'Another' }, CHUNK)).not.toBe(fingerprint);
    expect(fingerprintChunk(SAMPLE_PLAN, { ...DOCUMENT, textHash: 'of a longer text' }, CHUNK)).toBe(fingerprint);
  });
});

describe('what changed between two plans', () => {
  it('is nothing for equal ones', () => {
    expect(describeChanges(SAMPLE_PLAN, changed({}))).toEqual([]);
  });

  it.each([...SHAPING, ...OTHER])('names %s, and nothing else', (_what, change, named) => {
    expect(describeChanges(SAMPLE_PLAN, changed(change))).toEqual([named]);
    expect(describeChanges(changed(change), SAMPLE_PLAN)).toEqual([named]);
  });

  it('names a prompt that came or went', () => {
    const { 'judge-paragraph': _gone, ...rest } = prompts;
    expect(describeChanges(SAMPLE_PLAN, changed({ prompts: rest }))).toEqual(['the prompt judge-paragraph']);
    expect(describeChanges(changed({ prompts: rest }), SAMPLE_PLAN)).toEqual(['the prompt judge-paragraph']);
  });
});

describe('in the store', () => {
  it('a plan lies under its fingerprint, without the texts', async () => {
    const store = new LocalStore(await newFolder());
    expect(await readPlan(store, SAMPLE_PLAN.fingerprint)).toBeUndefined();
    await writePlan(store, SAMPLE_PLAN);
    expect(await readPlan(store, SAMPLE_PLAN.fingerprint)).toEqual(SAMPLE_PLAN);
    expect(await store.read(RUN_FILES.plan(SAMPLE_PLAN.fingerprint))).not.toContain('two pairs of gates');
  });
});
