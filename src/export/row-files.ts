import { open } from 'node:fs/promises';
import type { SchemaElement } from 'hyparquet-writer';
import type { ColumnKind, FormatDescription } from './export-formats.js';
import type { RowValues } from './training-row.js';

/** Rows that are held before they are written: a row group of Parquet. */
const ROWS_AT_ONCE = 1_000;

/** A file of rows in the making. */
export interface RowFile {
  add(values: RowValues): Promise<void>;
  close(): Promise<void>;
}

export type FileKind = 'jsonl' | 'parquet';

export async function openRowFile(path: string, kind: FileKind, format: FormatDescription): Promise<RowFile> {
  return kind === 'jsonl' ? openJsonLines(path) : openParquet(path, format);
}

export async function openJsonLines(
  path: string,
): Promise<{ add(value: object): Promise<void>; close(): Promise<void> }> {
  const file = await open(path, 'wx');
  let lines: string[] = [];
  const flush = async () => {
    await file.appendFile(lines.join(''));
    lines = [];
  };
  return {
    async add(value) {
      lines.push(`${JSON.stringify(value)}\n`);
      if (lines.length === ROWS_AT_ONCE) await flush();
    },
    async close() {
      await flush();
      await file.sync();
      await file.close();
    },
  };
}

/** Loaded only where it is wanted. */
async function openParquet(path: string, { columns }: FormatDescription): Promise<RowFile> {
  const { fileWriter, ParquetWriter } = await import('hyparquet-writer');
  const names = Object.keys(columns);
  const writer = new ParquetWriter({ writer: fileWriter(path), schema: schemaOf(columns), createdBy: 'augmentoolkit' });
  let rows: RowValues[] = [];
  const flush = async () => {
    if (rows.length > 0) {
      await writer.write({
        columnData: names.map((name) => ({ name, data: rows.map((row) => row[name]) })),
        rowGroupSize: ROWS_AT_ONCE,
      });
    }
    rows = [];
  };
  return {
    async add(values) {
      rows.push(values);
      if (rows.length === ROWS_AT_ONCE) await flush();
    },
    async close() {
      await flush();
      await writer.finish();
    },
  };
}

const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' } as const;

/** Lists as Parquet's own specification has them: three levels, so that every reader takes them for lists. */
function schemaOf(columns: Readonly<Record<string, ColumnKind>>): SchemaElement[] {
  const fields = Object.entries(columns).flatMap(([name, kind]): SchemaElement[] =>
    kind === 'text'
      ? [{ name, ...TEXT }]
      : [
          { name, repetition_type: 'REQUIRED', converted_type: 'LIST', num_children: 1 },
          { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
          { name: 'element', repetition_type: 'REQUIRED', num_children: 2 },
          { name: kind.role, ...TEXT },
          { name: kind.words, ...TEXT },
        ],
  );
  return [{ name: 'root', num_children: Object.keys(columns).length }, ...fields];
}
