import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { Workbench } from '../support/command-line.js';
import { readJsonLines } from '../support/dataset.js';

/** The part of README.md that shows what comes out: rows of runs on the sample text with the rehearsal model. */

export const README = 'README.md';
const BEGIN = '<!-- rows: written by `npm run update-readme` -->';
const END = '<!-- end of rows -->';

interface Shown {
  title: string;
  file: string;
  output: string;
}

const SHOWN: readonly Shown[] = [
  { title: '`messages.jsonl`, a user and an assistant:', file: 'messages.jsonl', output: 'assistant' },
  {
    title: '`simplified_data.jsonl`, role-play (`ASSISTANT_MODE: false`):',
    file: 'simplified_data.jsonl',
    output: 'role-play',
  },
  { title: '`rejected.jsonl`, something that was thrown away, and why:', file: 'rejected.jsonl', output: 'hostile' },
];

/** README.md as it is, and as it should be. */
export async function readmeWithRows(): Promise<{ found: string; expected: string }> {
  const found = await readFile(README, 'utf8');
  const [before, rest] = split(found, BEGIN);
  const [, after] = split(rest, END);
  const text = [before, BEGIN, '\n\n', await renderRows(), '\n\n', END, after].join('');
  const options = await resolveConfig(README);
  return { found, expected: await format(text, { ...options, parser: 'markdown' }) };
}

function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`${README} has no line ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

const RUNS = [
  { output: 'assistant', profile: 'mixed', settings: [] },
  { output: 'role-play', profile: 'mixed', settings: ['SYSTEM.ASSISTANT_MODE=false'] },
  { output: 'hostile', profile: 'hostile', settings: ['SYSTEM.QUESTION_VERSIONS=1'] },
] as const;

async function renderRows(): Promise<string> {
  const bench = await Workbench.open();
  try {
    for (const { output, profile, settings } of RUNS) {
      const model = await bench.model({ profile });
      const { code, stderr } = await bench.augmentoolkit('run', bench.settings(model, output, ...settings));
      if (code !== 0) throw new Error(stderr);
    }
    const rows = await Promise.all(SHOWN.map((shown) => renderRow(bench, shown)));
    return rows.join('\n\n');
  } finally {
    await bench.close();
  }
}

async function renderRow(bench: Workbench, { title, file, output }: Shown): Promise<string> {
  const rows = await readJsonLines<object>(bench.output(output), file);
  return `${title}\n\n\`\`\`json\n${JSON.stringify(chooseRow(rows))}\n\`\`\``;
}

/** The rehearsal model takes any sentence for an answer, a question, too. */
const ANSWERS_WITH_QUESTION = /"(?:assistant","content|gpt","value)":"[^"]*\?"/;

/** The shortest that has two exchanges, or the reasons of votes. */
function chooseRow(rows: object[]): object {
  const rich = rows.filter((row) => exchanges(row) >= 2 || ('votes' in row && 'pair' in row));
  const fit = rich.filter((row) => !ANSWERS_WITH_QUESTION.test(JSON.stringify(row)));
  const [shortest] = fit.toSorted((a, b) => JSON.stringify(a).length - JSON.stringify(b).length);
  if (shortest === undefined) throw new Error('no row is fit to be shown');
  return shortest;
}

function exchanges(row: object): number {
  return JSON.stringify(row).split(/"(?:user|human)"/).length - 1;
}
