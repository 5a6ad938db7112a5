/** Takes the pictures of the Web UI that the pages show: `npm run screenshots` */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { chunkWorkflowId } from '../../src/ids.js';
import { RunArchive } from '../../src/archive/run-archive.js';
import { readIdentity } from '../../src/store/identity.js';
import { LocalStore } from '../../src/store/local-store.js';
import { openBrowser } from '../support/browser.js';
import { until, Workbench } from '../support/command-line.js';

const IMAGES = resolve('docs/images');
const MINUTES = 60_000;
/** The Web UI asks a worker for what it shows as current details. */
const SETTLE_MS = 3_000;
const SIZE = { width: 1_400, height: 1_000 };
/** A chunk with so many answers is in the midst of its votes. */
const CALLS_OF_A_VOTE = 14;

it(
  'pictures of a run and of a chunk',
  async () => {
    await mkdir(IMAGES, { recursive: true });
    const bench = await Workbench.open();
    const browser = await openBrowser();
    try {
      const model = await bench.model({ profile: 'mixed', latencyMs: 800, jitterMs: 500 });
      const settings = bench.settings(model, 'my-book', 'SYSTEM.CHUNK_SIZE=250', 'SYSTEM.CONCURRENCY_LIMIT=12');
      await bench.augmentoolkit('start', settings);
      bench.spawn('worker', settings);
      const store = new LocalStore(bench.output('my-book'));
      const { run, plan } = (await readIdentity(store)) ?? { run: '', plan: '' };
      const voting = async () => busiestChunk(store, plan);
      await until(
        'a chunk is in the midst of its votes',
        async () => (await voting()).calls >= CALLS_OF_A_VOTE,
        MINUTES,
      );
      const page = () => browser.newPage({ viewport: SIZE });
      await shoot(await page(), pageOf(bench, chunkWorkflowId(run, (await voting()).id)), 'chunk.png');
      await until('some chunks are done', async () => (await store.paths('records')).length >= 5, 2 * MINUTES);
      await shoot(await page(), pageOf(bench, run), 'run.png');
    } finally {
      await browser.close();
      await bench.close();
    }
  },
  5 * MINUTES,
);

/** Of those that are not done, the one with the most answers. */
async function busiestChunk(store: LocalStore, plan: string): Promise<{ id: string; calls: number }> {
  let busiest = { id: '', calls: 0 };
  const archive = await RunArchive.open(store, plan);
  for await (const { id } of archive.entries()) {
    const calls = (await store.paths(`generations/${id}`)).length;
    if (calls > busiest.calls) busiest = { id, calls };
  }
  return busiest;
}

function pageOf(bench: Workbench, workflow: string): string {
  return `${bench.webUi}/namespaces/default/workflows/${encodeURIComponent(workflow)}`;
}

async function shoot(page: Page, url: string, file: string): Promise<void> {
  await page.goto(url);
  await page.getByText('User Metadata').click();
  await page.waitForTimeout(SETTLE_MS);
  await page.screenshot({ path: resolve(IMAGES, file) });
}
