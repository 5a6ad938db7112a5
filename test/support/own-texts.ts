import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A paragraph about mills, of about 90 tokens; another number gives other years and other mills. */
export function millParagraph(number: number, sentences = 6): string {
  const lines = Array.from({ length: sentences }, (_, line) => {
    const [year, mill] = [1700 + 10 * number + line, 10 * number + line];
    return `In ${year} the people of Sallow Ford built mill number ${mill} of oak.`;
  });
  return lines.join(' ');
}

/** A folder with these texts: file name -> paragraphs. */
export async function writeTexts(folder: string, texts: Record<string, string[]>): Promise<string> {
  await mkdir(folder, { recursive: true });
  const files = Object.entries(texts);
  await Promise.all(files.map(([name, text]) => writeFile(join(folder, name), `${text.join('\n\n')}\n`)));
  return folder;
}
