import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { ReportData } from '../../src/report/report-data.js';
import { openBrowser, openPage } from '../support/browser.js';
import { Workbench } from '../support/command-line.js';
import { millParagraph } from '../support/own-texts.js';

const MINUTES = 60_000;
const HOSTILE = '<img src="https://example.com/x.png" onerror="document.title=1"></p><h2>Hacked</h2>';

describe('the report of a finished run', () => {
  let bench: Workbench;
  let browser: Browser;
  let settings: string[];
  let file: string;

  beforeAll(async () => {
    bench = await Workbench.open();
    const texts = join(bench.folder, 'texts');
    await mkdir(texts);
    const paragraphs = Array.from({ length: 12 }, (_, number) => `${millParagraph(number)} ${HOSTILE}`);
    await writeFile(join(texts, 'mills &lt; weirs.txt'), paragraphs.join('\n\n'));
    const model = await bench.model({ profile: 'mixed', latencyMs: 20 });
    settings = bench.settings(model, 'output', `PATH.INPUT=${texts}`, 'SYSTEM.GRAPH=true', 'SYSTEM.CHUNK_SIZE=150');
    const { code, stderr } = await bench.augmentoolkit('run', settings);
    if (code !== 0) throw new Error(stderr);
    file = join(bench.output('output'), 'report.html');
    browser = await openBrowser();
  }, 3 * MINUTES);
  afterAll(async () => {
    await browser?.close();
    await bench.close();
  }, MINUTES);

  const open = async (options: Parameters<typeof openPage>[1] = {}) => {
    const opened = await openPage(browser, { viewport: { width: 1_200, height: 900 }, ...options });
    await opened.page.goto(`file://${file}`);
    return opened;
  };

  it('opens without asking for anything, and nothing in texts or answers acts', async () => {
    const { page, errors, requests } = await open();
    expect({ errors, requests }).toEqual({ errors: [], requests: [`file://${encodeURI(file)}`] });
    expect(await page.title()).toMatch(/^output-[0-9a-f]{6}: report$/);
    expect(await page.getByRole('heading', { name: 'Hacked' }).count()).toBe(0);
    expect(await page.locator('img').count()).toBe(0);
    const shown = await page.locator('body').innerText();
    expect(shown).toContain('mills &lt; weirs.txt');
    expect(shown).toContain('onerror="document.title=1"');
    await page.close();
  });

  it('says what the dataset says', async () => {
    const { page } = await open();
    const rows = (await readFile(join(bench.output('output'), 'messages.jsonl'), 'utf8')).trimEnd().split('\n').length;
    expect(await page.locator('.tile b').first().innerText()).toBe(String(rows));
    expect(await page.locator('header').innerText()).toContain('Complete:');
    const { stdout } = await bench.augmentoolkit('report', [...settings, '--json']);
    const data = JSON.parse(stdout) as ReportData;
    expect(data.output.rows).toBe(rows);
    expect(await readFile(join(bench.output('output'), 'graph.svg'), 'utf8')).toContain('worthy');
    await page.close();
  });

  it('lets a reader leaf through samples, with the source beside each', async () => {
    const { page } = await open();
    const shown = page.locator('.sample:visible');
    expect(await shown.count()).toBe(1);
    const first = await shown.innerText();
    expect(first).toContain('mill number');
    await page.getByRole('button', { name: 'Next' }).click();
    expect(await shown.innerText()).not.toBe(first);
    await page.getByRole('button', { name: 'Back' }).click();
    expect(await shown.innerText()).toBe(first);
    await page.close();
  });

  it('is light or dark as the reader likes, and narrow without scrolling sideways', async () => {
    const background = async (colorScheme: 'light' | 'dark') => {
      const { page } = await open({ colorScheme, viewport: { width: 360, height: 700 } });
      const colour = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      await page.close();
      return { colour, overflow };
    };
    expect([await background('light'), await background('dark')]).toEqual([
      { colour: 'rgb(255, 255, 255)', overflow: 0 },
      { colour: 'rgb(21, 25, 28)', overflow: 0 },
    ]);
  });

  it('prints', async () => {
    const { page } = await open();
    const pdf = await page.pdf();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').isVisible()).toBe(false);
    await page.close();
  });

  it('reads well without scripts: all samples stand below each other', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    expect(await page.locator('.sample:visible').count()).toBeGreaterThan(1);
    await page.close();
  });
});
