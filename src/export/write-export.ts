import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { RunArchive } from '../archive/run-archive.js';
import { readableJson } from '../store/canonical.js';
import { UserError } from '../user-error.js';
import { checkRow } from './check-row.js';
import { type ExportFormat, FORMATS, type Trainer } from './export-formats.js';
import { listRows } from './list-rows.js';
import { type FileKind, openJsonLines, openRowFile } from './row-files.js';
import { snippetsFor } from './snippets.js';
import { chooseValidation, type SplitBy, type SplitName } from './split-groups.js';
import type { TrainingRow } from './training-row.js';

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
  const isForValidation = await planSplit(options);
  const draft = join(dirname(options.folder), `.${basename(options.folder)}.${process.pid}.tmp`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  try {
    const summary = await fill(draft, options, isForValidation);
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

type Choose = (row: TrainingRow) => boolean;

/** One pass over all rows: whether they may be written, and which are for validation. */
async function planSplit(options: ExportOptions): Promise<Choose> {
  const { archive, format, step, validation, splitBy } = options;
  const sizes = new Map<string, number>();
  const ids = new Set<string>();
  const faults: string[] = [];
  for await (const row of listRows(archive, format, step)) {
    const { id } = row.values;
    const found = [...checkRow(row.values, FORMATS[format]), ...(ids.has(id) ? ['has the id of another row'] : [])];
    if (found.length > 0) faults.push(`${id}: ${found.join('; ')}`);
    ids.add(id);
    const group = row.about[splitBy];
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  requireRows(ids.size, faults, options);
  const chosen = chooseValidation(sizes, validation, archive.plan.settings.seed);
  if (chosen === undefined) {
    const other = splitBy === 'document' ? 'a split by chunk (--split-by chunk), or ' : '';
    throw new UserError(`All rows come from one ${splitBy}, which cannot be split: give ${other}--validation 0`);
  }
  return ({ about }) => chosen.has(about[splitBy]);
}

function requireRows(rows: number, faults: readonly string[], { format, step }: ExportOptions): void {
  if (faults.length > 0) {
    const more = faults.length > MOST_NAMED ? [`and ${faults.length - MOST_NAMED} more`] : [];
    const named = [...faults.slice(0, MOST_NAMED), ...more].map((fault) => `\n  ${fault}`).join('');
    throw new UserError(
      `Nothing was written: ${faults.length} of ${rows} rows break a rule of the trainers' loaders ` +
        `(\`npx augmentoolkit inspect ID\` tells where a row comes from):${named}`,
    );
  }
  if (rows > 0) return;
  const what = step === undefined ? format : `calls of ${step}`;
  throw new UserError(
    `There is nothing to export as ${what}: no chunk has given any yet. \`npx augmentoolkit status\` says how far the run is`,
  );
}

async function fill(draft: string, options: ExportOptions, isForValidation: Choose): Promise<ExportSummary> {
  const { archive, format, step, kind, validation, splitBy } = options;
  const names: Record<SplitName, string> = { train: `train.${kind}`, validation: `validation.${kind}` };
  const open = (split: SplitName) => openRowFile(join(draft, names[split]), kind, FORMATS[format]);
  const files = { train: await open('train'), validation: validation > 0 ? await open('validation') : undefined };
  const metadata = await openJsonLines(join(draft, METADATA));
  const rows: Record<SplitName, number> = { train: 0, validation: 0 };
  for await (const row of listRows(archive, format, step)) {
    const split: SplitName = isForValidation(row) ? 'validation' : 'train';
    await files[split]?.add(row.values);
    await metadata.add({ id: row.values.id, split, ...row.about });
    rows[split] += 1;
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
    chunks: await countChunks(archive),
    files: [names.train, ...(validation > 0 ? [names.validation] : []), METADATA, ...snippets.map(({ file }) => file)],
  };
  await writeFile(join(draft, SUMMARY), readableJson(summary));
  return summary;
}

async function countChunks(archive: RunArchive): Promise<ExportSummary['chunks']> {
  const counts = { done: 0, all: 0 };
  for await (const { record } of archive.chunks()) {
    counts.all += 1;
    if (record !== undefined) counts.done += 1;
  }
  return counts;
}
