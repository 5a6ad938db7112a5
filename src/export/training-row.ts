/** A turn in a row: its two names differ by format. */
export type RowTurn = Readonly<Record<string, string>>;

/** By column, as `export-formats.ts` has them. */
export type RowValues = Readonly<Record<string, string | readonly RowTurn[]>>;

/** A row for a trainer, and where it comes from. */
export interface TrainingRow {
  values: RowValues & { id: string };
  about: RowOrigin;
}

/** The sidecar's part of a row. */
export interface RowOrigin {
  chunk: string;
  /** Id of the document. */
  document: string;
  /** Its path, relative to PATH.INPUT. */
  source: string;
  textname: string;
  heading?: string;
  /** UTF-16 offsets of the chunk in the document's text. */
  span: { start: number; end: number };
  /** Numbers of the questions in the row, in order. */
  questions?: number[];
  /** Of a call. */
  model?: string;
}
