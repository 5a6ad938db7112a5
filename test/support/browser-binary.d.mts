/** A Chromium on this machine; `undefined` where there is none. */
export function findBrowser(): string | undefined;

/** Fetches a Chromium for tests where there is none. */
export function ensureBrowser(onProgress: (message: string) => void): void;
