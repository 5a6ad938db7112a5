import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Rejection } from '../../src/outputs/rejections.js';
import type { RunIdentity } from '../../src/store/identity.js';
import { openBrowser } from '../support/browser.js';
import { Workbench } from '../support/command-line.js';
import { readJsonLines } from '../support/dataset.js';

const MINUTES = 60_000;
/** The Web UI asks the server, and the server a worker. */
const SHOWN_MS = 30_000;

describe('the Web UI of a finished run', () => {
  let bench: Workbench;
  let browser: Browser;
  let run: string;
  let rejected: string[];

  beforeAll(async () => {
    bench = await Workbench.open();
    const settings = bench.settings(await bench.model({ profile: 'mixed' }), 'output');
    const { code, stderr } = await bench.augmentoolkit('run', settings);
    if (code !== 0) throw new Error(stderr);
    const identity = await readFile(join(bench.output('output'), 'state/identity.json'), 'utf8');
    ({ run } = JSON.parse(identity) as RunIdentity);
    const dropped = await readJsonLines<Rejection>(bench.output('output'), 'rejected.jsonl');
    rejected = dropped.filter(({ item, state }) => item === 'chunk' && state === 'rejected').map(({ id }) => id);
    // What the Web UI shows as current details, a worker tells.
    bench.spawn('worker', settings);
    browser = await openBrowser();
  }, 3 * MINUTES);
  afterAll(async () => {
    await browser?.close();
    await bench.close();
  }, MINUTES);

  async function withPage<Result>(path: string, look: (page: Page) => Promise<Result>): Promise<Result> {
    const page = await browser.newPage({ viewport: { width: 1_400, height: 900 } });
    page.setDefaultTimeout(SHOWN_MS);
    try {
      await page.goto(`${bench.webUi}/namespaces/default/workflows${path}`);
      return await look(page);
    } finally {
      await page.close();
    }
  }

  /** What stands in the frames in which the Web UI shows Markdown. */
  async function shownDetails(page: Page, expected: string): Promise<string> {
    await page.getByText('User Metadata').click();
    const holds = async () => (await readFrames(page)).includes(expected);
    const deadline = Date.now() + SHOWN_MS;
    while (!(await holds()) && Date.now() < deadline) await page.waitForTimeout(200);
    return readFrames(page);
  }

  it(
    'finds chunks by how they ended with one filter',
    async () => {
      expect(rejected.length).toBeGreaterThan(0);
      const query = encodeURIComponent(`AugmentoolkitRun="${run}" AND AugmentoolkitOutcome="rejected"`);
      const found = await withPage(`?query=${query}`, async (page) => {
        await page.getByRole('link', { name: `${run}/${rejected[0]}` }).waitFor();
        const links = await page.getByRole('link', { name: `${run}/` }).allTextContents();
        return links.map((text) => text.trim()).toSorted();
      });
      expect(found).toEqual(rejected.map((chunk) => `${run}/${chunk}`).toSorted());
    },
    2 * MINUTES,
  );

  it(
    "tells a chunk's story",
    async () => {
      const [row] = await readJsonLines<[string, string, string, string[][], { chunk: string }]>(
        bench.output('output'),
        'master_list.jsonl',
      );
      const [, , , [[question = ''] = []] = [], { chunk } = { chunk: '' }] = row ?? [];
      const details = await withPage(`/${encodeURIComponent(`${run}/${chunk}`)}`, (page) =>
        shownDetails(page, 'Conversations'),
      );
      expect(details).toContain('Judged suitable');
      expect(details).toContain(question);
      expect(details).toContain('where it stands');
      expect(details).toContain(`npx augmentoolkit inspect ${chunk}`);
    },
    2 * MINUTES,
  );

  it(
    "shows the run's counts and how it ended",
    async () => {
      const details = await withPage(`/${run}`, (page) => shownDetails(page, 'The run is at its end.'));
      expect(details).toMatch(/chunks \(\d+ worthy\)/);
      const query = encodeURIComponent(`AugmentoolkitRun="${run}" AND AugmentoolkitOutcome="complete"`);
      await withPage(`?query=${query}`, (page) => page.getByRole('link', { name: run, exact: true }).waitFor());
    },
    2 * MINUTES,
  );
});

async function readFrames(page: Page): Promise<string> {
  const frames = page.frames().filter((frame) => frame !== page.mainFrame());
  const texts = await Promise.all(
    frames.map((frame) =>
      frame
        .locator('body')
        .innerText()
        .catch(() => ''),
    ),
  );
  return texts.join('\n');
}
