import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { RunArchive } from '../archive/run-archive.js';
import { readableJson } from '../store/canonical.js';
import { UserError } from '../user-error.js';
import { checkRows } from './check-row.js';
import { type ExportFormat, FORMATS, type Trainer } from './export-formats.js';
import { isDone, listRows } from './list-rows.js';
import { type FileKind, openJsonLines, openRowFile } from './row-files.js';
import { snippetsFor } from './snippets.js';
import { chooseValidation, type SplitBy, type SplitName } from './split-groups.js';

export interface ExportOptions {
  archive: RunArchive;
  run: string;
  format: ExportFormat;
  /** Of `calls`: only this step's. */
  step?: string;
  kind: FileKind;
  /** Share of the rows, 0 to 1; 0: one file for training. */
  validation: number;
  splitBy: SplitBy;
  trainers: readonly Trainer[];
  /** A folder that is not there, is empty, or holds an export of ours, which is replaced. */
  folder: string;
}

/** `export.json`: what was written. By it a folder is known as ours. */
export interface ExportSummary {
  run: string;
  /** Fingerprint of the plan. */
  plan: string;
  format: ExportFormat;
  step?: string;
  rows: Record<SplitName, number>;
  split: { by: SplitBy; share: number; seed: number };
  /** Chunks whose results are in it, of all. */
  chunks: { done: number; all: number };
  files: string[];
}

const SUMMARY = 'export.json';
const METADATA = 'metadata.jsonl';
/** So many faulty rows are named. */
const MOST_NAMED = 5;

/**
 * Checks all rows, then writes them with their metadata and what to tell the trainers. The folder appears whole, or not
 * at all.
 *
 * @throws UserError where a row breaks a rule of the loaders, there is nothing to write, or the folder holds other things
 */
export async function writeExport(options: ExportOptions): Promise<ExportSummary> {
  await requireOurs(options.folder);
  const survey = await surveyRows(options);
  const draft = join(dirname(options.folder), `.${basename(options.folder)}.${process.pid}.tmp`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  try {
    const summary = await fill(draft, options, survey);
    await rm(options.folder, { recursive: true, force: true });
    await rename(draft, options.folder);
    return summary;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function requireOurs(folder: string): Promise<void> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error.code === 'ENOTDIR' ? new UserError(`${folder} is a file: give another --to`) : error;
  });
  if (found.length === 0) return;
  const summary = await readFile(join(folder, SUMMARY), 'utf8').catch(() => '');
  if (!summary.includes('"format"')) {
    throw new UserError(
      `${folder} holds other files than an export: give an empty folder, or one that is not there, with --to`,
    );
  }
}

interface Survey {
  /** Ids of the chunks whose rows were looked at; what a run at work adds meanwhile is left out. */
  done: ReadonlySet<string>;
  /** Chunks of the run. */
  all: number;
  /** Documents or chunks whose rows are for validation. */
  validation: ReadonlySet<string>;
}

/** One pass over all rows: whether they may be written, and which are for validation. */
async function surveyRows(options: ExportOptions): Promise<Survey> {
  const { archive, format, step, validation, splitBy } = options;
  const done = new Set<string>();
  const sizes = new Map<string, number>();
  const faults = { count: 0, named: new Array<string>() };
  let all = 0;
  for await (const found of archive.chunks()) {
    all += 1;
    if (!isDone(found)) continue;
    done.add(found.chunk.id);
    const rows = await listRows(found, archive, format, step);
    for (const { about } of rows) sizes.set(about[splitBy], (sizes.get(about[splitBy]) ?? 0) + 1);
    const wrong = checkRows(rows, FORMATS[format]);
    faults.count += wrong.length;
    faults.named.push(...wrong.slice(0, MOST_NAMED - faults.named.length));
  }
  requireRows(sum(sizes.values()), faults, options);
  const chosen = chooseValidation(sizes, validation, archive.plan.settings.seed);
  if (chosen !== undefined) return { done, all, validation: chosen };
  const other = splitBy === 'document' ? 'a split by chunk (--split-by chunk), or ' : '';
  throw new UserError(`All rows come from one ${splitBy}, which cannot be split: give ${other}--validation 0`);
}

function requireRows(
  rows: number,
  faults: { count: number; named: readonly string[] },
  { format, step }: ExportOptions,
): void {
  if (faults.count > 0) {
    const others = faults.count - faults.named.length;
    const named = [...faults.named, ...(others > 0 ? [`and ${others} more`] : [])]
      .map((fault) => `\n  ${fault}`)
      .join('');
    throw new UserError(
      `Nothing was written: ${faults.count} of ${rows} rows break a rule of the trainers' loaders ` +
        `(\`npx augmentoolkit inspect ID\` tells where a row comes from):${named}`,
    );
  }
  if (rows > 0) return;
  const what = step === undefined ? format : `calls of ${step}`;
  throw new UserError(
    `There is nothing to export as ${what}: no chunk has given any yet. \`npx augmentoolkit status\` says how far the run is`,
  );
}

async function fill(draft: string, options: ExportOptions, survey: Survey): Promise<ExportSummary> {
  const { archive, format, step, kind, validation, splitBy } = options;
  const names: Record<SplitName, string> = { train: `train.${kind}`, validation: `validation.${kind}` };
  const open = (split: SplitName) => openRowFile(join(draft, names[split]), kind, FORMATS[format]);
  const files = { train: await open('train'), validation: validation > 0 ? await open('validation') : undefined };
  const metadata = await openJsonLines(join(draft, METADATA));
  const rows: Record<SplitName, number> = { train: 0, validation: 0 };
  for await (const found of archive.chunks()) {
    if (!isDone(found) || !survey.done.has(found.chunk.id)) continue;
    for (const { values, about } of await listRows(found, archive, format, step)) {
      const split: SplitName = survey.validation.has(about[splitBy]) ? 'validation' : 'train';
      await files[split]?.add(values);
      await metadata.add({ id: values.id, split, ...about });
      rows[split] += 1;
    }
  }
  for (const file of [files.train, files.validation, metadata]) await file?.close();

  const snippets = options.trainers.flatMap((trainer) =>
    snippetsFor(trainer, {
      format,
      kind,
      train: names.train,
      ...(validation > 0 && { validation: names.validation }),
      name: options.run.replaceAll(/[^\w-]/g, '_'),
    }),
  );
  for (const { file, content } of snippets) await writeFile(join(draft, file), content);
  const summary: ExportSummary = {
    run: options.run,
    plan: archive.plan.fingerprint,
    format,
    ...(step !== undefined && { step }),
    rows,
    split: { by: splitBy, share: validation, seed: archive.plan.settings.seed },
    chunks: { done: survey.done.size, all: survey.all },
    files: [names.train, ...(validation > 0 ? [names.validation] : []), METADATA, ...snippets.map(({ file }) => file)],
  };
  await writeFile(join(draft, SUMMARY), readableJson(summary));
  return summary;
}

function sum(counts: Iterable<number>): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}
