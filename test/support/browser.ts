import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findBrowser } from './browser-binary.mjs';

export interface WatchedPage {
  page: Page;
  /** Errors that the page threw or printed. */
  errors: string[];
  /** Addresses it asked for. */
  requests: string[];
}

/** A real browser without a window; the caller closes it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('there is no Chromium; `npm test` fetches one');
  // As root, Chromium starts without its sandbox only; it sees pages of our own and nothing else.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** A new page, of which is kept what went wrong in it and what it asked for. */
export async function openPage(
  browser: Browser,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<WatchedPage> {
  const page = await browser.newPage(options);
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
  page.on('request', (request) => requests.push(request.url()));
  return { page, errors, requests };
}
