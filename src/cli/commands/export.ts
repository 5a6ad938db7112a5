import { join, resolve } from 'node:path';
import { RunArchive } from '../../archive/run-archive.js';
import { type ExportFormat, FORMATS, type Trainer } from '../../export/export-formats.js';
import type { FileKind } from '../../export/row-files.js';
import type { SplitBy } from '../../export/split-groups.js';
import { type ExportSummary, writeExport } from '../../export/write-export.js';
import { counted, formatCount } from '../../format.js';
import { STEPS } from '../../steps/index.js';
import { type GlobalOptions, openContext, requireIdentity, runStore } from '../command-context.js';
import { EXIT, type ExitCode, UsageError } from '../exit.js';
import { print, printJson, remark } from '../print.js';

export interface ExportCommandOptions extends GlobalOptions {
  format: ExportFormat;
  file: FileKind;
  to?: string;
  step?: string;
  validation: number;
  splitBy: SplitBy;
  trainer?: Trainer;
  json: boolean;
}

/** Writes what a run gave in a trainer's format. Needs no server. */
export async function exportDataset(options: ExportCommandOptions): Promise<ExitCode> {
  const { format, file: kind, step, validation, splitBy } = options;
  const trainers = chooseTrainers(options);
  requireStep(options);
  const context = await openContext(options);
  const { run, plan } = await requireIdentity(context);
  const store = runStore(context);
  const archive = await RunArchive.open(store, plan, remark);
  const folder = options.to === undefined ? join(store.location, 'exports', format) : resolve(options.to);
  const part = step === undefined ? {} : { step };
  const summary = await writeExport({ archive, run, format, kind, validation, splitBy, trainers, folder, ...part });
  if (options.json) printJson({ folder, ...summary });
  else print(describeExport(summary, folder));
  return EXIT.done;
}

function chooseTrainers({ format, trainer }: ExportCommandOptions): readonly Trainer[] {
  const { trainers } = FORMATS[format];
  if (trainer === undefined) return trainers;
  if (trainers.includes(trainer)) return [trainer];
  const others = Object.entries(FORMATS).filter(([, each]) => each.trainers.includes(trainer));
  throw new UsageError(`${trainer} does not load ${format}; it loads ${others.map(([name]) => name).join(', ')}`);
}

function requireStep({ format, step }: ExportCommandOptions): void {
  if (step === undefined) return;
  if (format !== 'calls') throw new UsageError('--step goes with --format calls');
  const names = STEPS.map(({ name }) => name);
  if (!names.includes(step)) throw new UsageError(`There is no step ${step}; there are ${names.join(', ')}`);
}

function describeExport({ format, rows, chunks, files, split }: ExportSummary, folder: string): string[] {
  const open =
    chunks.done < chunks.all
      ? `, from the ${formatCount(chunks.done)} of ${counted(chunks.all, 'chunk')} that are done`
      : '';
  const held =
    rows.validation === 0 ? '' : `, and ${formatCount(rows.validation)} for validation, split by ${split.by}`;
  return [
    `${counted(rows.train, 'row')} for training${held}${open}.`,
    `A row is ${FORMATS[format].row}.`,
    folder,
    ...files.map((file) => `  ${file}`),
  ];
}
