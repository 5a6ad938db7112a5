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
const SIZE = { width: 1_200, height: 900 };

it(
  'pictures of a run and of a chunk',
  async () => {
    await mkdir(IMAGES, { recursive: true });
    const bench = await Workbench.open();
    const browser = await openBrowser();
    try {
      const model = await bench.model({ profile: 'mixed', latencyMs: 400, jitterMs: 300 });
      const settings = bench.settings(model, 'my-book', 'SYSTEM.CHUNK_SIZE=250', 'SYSTEM.CONCURRENCY_LIMIT=12');
      await bench.augmentoolkit('start', settings);
      bench.spawn('worker', settings);
      const store = new LocalStore(bench.output('my-book'));
      const { run, plan } = (await readIdentity(store)) ?? { run: '', plan: '' };
      const finished = async () => (await store.paths('records')).length;
      await until('some chunks are done', async () => (await finished()) >= 5, 2 * MINUTES);

      const [chunk] = await openChunks(store, plan);
      await shoot(
        await browser.newPage({ viewport: SIZE }),
        pageOf(bench, chunkWorkflowId(run, chunk ?? '')),
        'chunk.png',
      );
      await shoot(await browser.newPage({ viewport: SIZE }), pageOf(bench, run), 'run.png');
    } finally {
      await browser.close();
      await bench.close();
    }
  },
  5 * MINUTES,
);

/** Those in the midst of their calls. */
async function openChunks(store: LocalStore, plan: string): Promise<string[]> {
  const archive = await RunArchive.open(store, plan);
  const open: { id: string; calls: number }[] = [];
  for await (const { id } of archive.entries()) {
    open.push({ id, calls: (await store.paths(`generations/${id}`)).length });
  }
  return open.sort((a, b) => b.calls - a.calls).map(({ id }) => id);
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
