import { countRecord, emptyTotals } from '../../src/accounting.js';
import { readSummary, summarizeRun } from '../../src/outputs/run-summary.js';
import { LocalStore } from '../../src/store/local-store.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { SAMPLE_PLAN } from '../support/sample-plan.js';
import { sampleRecord } from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const INPUT = {
  plan: SAMPLE_PLAN.fingerprint,
  run: 'books-1a2b3c',
  end: 'complete' as const,
  notes: ['SUBSET_SIZE 2 takes no chunk of weirs.txt'],
  startedAt: '2026-11-22T20:00:00.000Z',
  endedAt: '2026-11-22T20:01:30.500Z',
  funnel: countRecord(sampleRecord()),
  totals: { ...emptyTotals(), calls: 9 },
  rows: 1,
  dropped: 3,
};

const PAID = { models: { rehearsal: { calls: 40, prompt: 9_000, cached: 0, completion: 700, cost: 0.5 } }, cost: 0.5 };

describe('the summary of a run', () => {
  it('says what was done, with what, and what came out', () => {
    expect(summarizeRun(SAMPLE_PLAN, INPUT, PAID)).toMatchObject({
      run: 'books-1a2b3c',
      end: 'complete',
      durationSeconds: 90.5,
      versions: { plan: SAMPLE_PLAN.fingerprint, program: '0123456789abcdef' },
      input: { documents: [{ id: 'canals-0a1b2c', path: 'Canals, by Ada Brook.txt' }], skipped: [] },
      settings: { chunkSize: 400, subset: null, doubleCheckCounter: 3, models: { logical: 'rehearsal' } },
      prompts: { 'judge-paragraph': 'aaaa', 'check-question': 'bbbb' },
      funnel: { chunks: { in: 1, accepted: 1 } },
      tokens: { calls: 9 },
      paid: PAID,
      rows: 1,
      dropped: 3,
      notes: ['SUBSET_SIZE 2 takes no chunk of weirs.txt'],
      files: expect.arrayContaining(['messages.jsonl', 'simplified_data.jsonl', 'rejected.jsonl']),
    });
  });

  it('names the files that were passed over, and the subset', () => {
    const skipped = [{ path: 'a.bin', reason: 'it is no text' }];
    const summary = summarizeRun({ ...SAMPLE_PLAN, skipped, subset: 13 }, INPUT, PAID);
    expect(summary.input.skipped).toEqual(skipped);
    expect(summary.settings.subset).toBe(13);
  });
});

describe('reading it again', () => {
  const newFolder = temporaryFolders();

  it('gives what was written', async () => {
    const store = new LocalStore(await newFolder());
    expect(await readSummary(store)).toBeUndefined();
    const summary = summarizeRun(SAMPLE_PLAN, INPUT, PAID);
    await store.write(RUN_FILES.summary, JSON.stringify(summary));
    expect(await readSummary(store)).toEqual(summary);
  });

  it.each(['', '{"run": "bo', 'null', '[]', '{"rows": 3}', '\0\0'])(
    'takes what is damaged for absent: %j',
    async (text) => {
      const store = new LocalStore(await newFolder());
      await store.write(RUN_FILES.summary, text);
      expect(await readSummary(store)).toBeUndefined();
    },
  );
});
