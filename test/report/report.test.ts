import type { CollectOptions } from '../../src/report/collect-report.js';
import { collectReport } from '../../src/report/collect-report.js';
import { DropSum } from '../../src/report/drop-sum.js';
import { OutputSum } from '../../src/report/output-sum.js';
import { renderGraph } from '../../src/report/render-graph.js';
import { renderReport } from '../../src/report/render-report.js';
import type { ReportData } from '../../src/report/report-data.js';
import { SourceSum } from '../../src/report/source-sum.js';
import { SpendingSum } from '../../src/report/spending.js';
import { TimelineSum } from '../../src/report/timeline-sum.js';
import { isReportUpToDate, writeReport } from '../../src/report/write-report.js';
import { LocalStore } from '../../src/store/local-store.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { sealFile } from '../../src/store/sealed.js';
import { CHUNKS, writeArchive } from '../support/archive.js';
import {
  SAMPLE_CHUNK,
  sampleCall,
  sampleConversation,
  sampleQuestion,
  sampleRecord,
} from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();
const [CHUNK = SAMPLE_CHUNK] = CHUNKS;
const FIRST = CHUNK.id;
const GONE = 'weirs-0a1b2c-00001-01234567';
const RECORD = sampleRecord({
  chunk: FIRST,
  questions: [sampleQuestion(1), sampleQuestion(2, { state: 'failed', step: 'check-question', reason: 'no verdict' })],
});

describe('the report', () => {
  let store: LocalStore;
  let options: CollectOptions;
  beforeEach(async () => {
    store = new LocalStore(await newFolder());
    const plan = await writeArchive(store, {
      records: [RECORD],
      calls: [sampleCall('judge', { chunk: FIRST }), sampleCall('q9.v1.question.1', { chunk: FIRST })],
    });
    const gone = sampleCall('judge', { chunk: GONE });
    await store.write(RUN_FILES.looseCall(GONE, 'judge', gone.requestHash), sealFile(gone));
    options = { store, run: 'canals-1a2b3c', plan, prices: {}, state: 'open' };
  });

  it('counts what there is, also of a run that is not at its end', async () => {
    const data = await collectReport(options);
    expect(data).toMatchObject({
      run: 'canals-1a2b3c',
      state: 'open',
      funnel: {
        worthy: 1,
        chunks: { in: 2, accepted: 1, notRun: 1 },
        questions: { in: 2, accepted: 1, failed: 1 },
      },
      output: { rows: 1, pairs: 2 },
      drops: [{ stage: 'questions', state: 'failed', step: 'check-question', count: 1 }],
      // A call of other settings, and one for a text that is gone, were paid all the same.
      spending: { total: { calls: 3 }, beside: { calls: 2 } },
    });
    expect(data.ended).toBeUndefined();
    expect(data.timeline.parts.flatMap(({ answered }) => answered).reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  it('sums up what calls failed with, over all workers there ever were', async () => {
    const limiter = { limit: 5, inFlight: 0, waiting: 0, answered: 3, failures: { 429: 2, timeout: 5 } };
    for (const worker of ['one', 'two']) {
      const faults = { binMs: 60_000, counts: { 29_000_000: 7 } };
      const lease = {
        worker,
        queues: [],
        inFlight: [],
        problems: [],
        closed: true,
        limiters: { q: { ...limiter, faults } },
      };
      await store.write(RUN_FILES.worker(worker), sealFile(lease));
    }
    const { faults, timeline } = await collectReport(options);
    expect(faults).toEqual([
      { reason: 'timeout', count: 10 },
      { reason: '429', count: 4 },
    ]);
    expect(timeline.parts.flatMap(({ failed }) => failed).reduce((sum, count) => sum + count, 0)).toBe(14);
  });

  it('is one page that asks for nothing and shows all parts', async () => {
    const page = renderReport(await collectReport(options), 'abc');
    expect(page).not.toMatch(/https?:|src=|href="(?!#)|url\(|@import/);
    const titles = [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title);
    expect(titles).toEqual([
      'What came out',
      'Samples',
      'From chunks to conversations',
      'Sources',
      'What was thrown away, and why',
      'Votes',
      'Calls, tokens and money',
      'Over time',
      'Settings',
    ]);
    expect(page).toContain('`npx augmentoolkit run` goes on from there');
  });

  it('takes nothing in it for markup, whatever texts and models say', async () => {
    const hostile = '</script></style></title>--><b id=h onclick="x">\'"`${1}{{2}}]]>\u0000\u202e';
    const data = everyText(await collectReport(options), (text) => text + hostile);
    for (const page of [renderReport(data, 'abc'), renderGraph(data)]) {
      expect(page).not.toMatch(/<b id=h|--><|\]\]>|\p{Cc}(?<!\n)|\u202e/u);
      expect(page.match(/<\/script>/g)?.length ?? 0).toBe(page.match(/<script>/g)?.length ?? 0);
      expect(page).toContain('&lt;b id=h');
    }
  });

  it.each(['complete', 'cancelled', 'at work', 'paused', 'open'] as const)('says that a run is %s', async (state) => {
    const page = renderReport({ ...(await collectReport(options)), state }, 'abc');
    const words = {
      complete: 'Complete:',
      cancelled: 'Cancelled:',
      'at work': 'At work;',
      paused: 'Paused;',
      open: 'Not at its end',
    };
    expect(page).toContain(words[state]);
  });

  it('says which models have no price', async () => {
    const paid = renderReport(await collectReport({ ...options, prices: { rehearsal: { INPUT: 1, OUTPUT: 2 } } }), '');
    const unpaid = renderReport(await collectReport(options), '');
    expect(unpaid).toContain('No price in PRICES for rehearsal. No money is counted.');
    expect(paid).not.toContain('No price in PRICES');
    expect(paid).toContain('paid over the life of this folder');
  });

  it('shows pairs where no conversation was to be written', async () => {
    const plan = await writeArchive(store, { records: [{ ...RECORD, conversations: [] }] });
    const page = renderReport(await collectReport({ ...options, plan }), '');
    expect(page).toContain('pairs of question and answer');
    expect(page).toContain('2 pairs stand, and no conversation was written from them.');
  });

  it('is bounded, however much there is to say', async () => {
    const skipped = Array.from({ length: 9_999 }, (_, index) => ({ path: `${index}.pdf`, reason: 'is no text' }));
    await writeArchive(store, { records: [RECORD], skipped });
    const { output, drops, sources, timeline, spending } = manySums();
    const data = {
      ...(await collectReport(options)),
      ...output.figures,
      drops: drops.figures,
      sources: sources.figures,
      timeline: timeline.figures,
      spending: spending.figures,
    };
    expect(data.output.rows).toBe(60);
    const html = renderReport(data, '');
    expect(html.length).toBeLessThan(1_000_000);
    expect(html).toContain('9,959 more; run.json has all');
    expect(renderGraph(data).length).toBeLessThan(50_000);
  });

  describe('is written', () => {
    const graph = { graph: true };

    it('with a picture where that is wanted', async () => {
      await writeReport({ ...options, ...graph });
      expect(await store.read(RUN_FILES.report)).toContain('canals-1a2b3c');
      expect(await store.read(RUN_FILES.graph)).toMatch(/^<svg\s[^>]*xmlns=.*<\/svg>\s*$/s);
    });

    it('anew only where there is something new', async () => {
      expect(await isReportUpToDate({ ...options, graph: false })).toBe(false);
      await writeReport({ ...options, graph: false });
      expect(await isReportUpToDate({ ...options, graph: false })).toBe(true);
      expect(await isReportUpToDate({ ...options, graph: true })).toBe(false);
      expect(await isReportUpToDate({ ...options, prices: { x: { INPUT: 1, OUTPUT: 1 } }, graph: false })).toBe(false);
      await store.write(RUN_FILES.report, 'cut off');
      expect(await isReportUpToDate({ ...options, graph: false })).toBe(false);
    });
  });
});

/** Of a run of thousands of chunks, in which everything is as long and as varied as it can be. */
function manySums() {
  const sums = {
    output: new OutputSum('Be brief. '.repeat(500)),
    drops: new DropSum(),
    sources: new SourceSum(),
    timeline: new TimelineSum(),
    spending: new SpendingSum({}),
  };
  const turns = Array.from({ length: 60 }, (_, turn) => ({
    speaker: `S${turn % 2}`,
    text: 'Ships rise. '.repeat(250),
  }));
  const conversation = { ...sampleConversation(1, [1]), conversation: { answerer: 'S1', turns } };
  for (let index = 0; index < 3_000; index += 1) {
    const id = `canals-0a1b2c-${String(index).padStart(5, '0')}-01234567`;
    const word = String(index).replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
    const why = { state: 'rejected', step: `step-${index % 13}`, reason: `${word} ${'z'.repeat(900)}` } as const;
    const record = sampleRecord({
      chunk: id,
      questions: [sampleQuestion(1, why)],
      pairs: [],
      conversations: [conversation],
    });
    const document = { id: 'canals-0a1b2c', path: `${word}.txt`, textname: 'Canals', textHash: '' };
    const entry = { id, fingerprint: '', label: '', source: '' };
    const found = { index, entry, chunk: { ...CHUNK, id, text: 'A lock holds water. '.repeat(450) }, document, record };
    sums.sources.add(found);
    if (index < 60) sums.output.add(found, record);
    sums.drops.add(record);
    const call = sampleCall(`q${index}.v1.question.1`, { chunk: id });
    sums.spending.add(call, true);
    sums.timeline.add({ ...call, at: new Date(1_700_000_000_000 + index * 37_000).toISOString() });
  }
  return sums;
}

/** The same with each text changed. */
function everyText(data: ReportData, change: (text: string) => string): ReportData {
  const walk = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') return LITERALS.includes(key) ? value : change(value);
    if (Array.isArray(value)) return value.map((item) => walk(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, name)]));
  };
  return walk(data) as ReportData;
}

/** One of a few words of ours, and times. */
const LITERALS = ['state', 'stage', 'startedAt', 'endedAt', 'asOf'];
