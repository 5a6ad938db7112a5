import { readdir, readFile } from 'node:fs/promises';

/** Path -> text of README.md and all pages in docs/. */
export async function readPages(): Promise<Map<string, string>> {
  const names = (await readdir('docs')).filter((name) => name.endsWith('.md')).sort();
  const files = ['README.md', ...names.map((name) => `docs/${name}`)];
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)));
}
