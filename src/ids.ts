/** Names of workflows and calls, each beside its inverse. Pure, so that workflows can use them. */

const BATCH_DIGITS = 4;

/** `<run>/batch/0003`; `index` counts from 1. */
export function batchWorkflowId(run: string, index: number): string {
  return `${run}/batch/${batchName(index)}`;
}

/** `0003`: the name of a batch's page in the manifest, too. */
export function batchName(index: number): string {
  return String(index).padStart(BATCH_DIGITS, '0');
}

export function chunkWorkflowId(run: string, chunk: string): string {
  return `${run}/${chunk}`;
}

export function aggregateWorkflowId(run: string): string {
  return `${run}/aggregate`;
}

export type WorkflowIdParts =
  | { kind: 'run'; run: string }
  | { kind: 'batch'; run: string; index: number }
  | { kind: 'chunk'; run: string; chunk: string }
  | { kind: 'aggregate'; run: string };

/** The inverse of the four above. */
export function parseWorkflowId(id: string): WorkflowIdParts {
  const [run = '', second, third] = id.split('/');
  if (second === undefined) return { kind: 'run', run };
  if (second === 'batch' && third !== undefined) return { kind: 'batch', run, index: Number(third) };
  if (second === 'aggregate') return { kind: 'aggregate', run };
  return { kind: 'chunk', run, chunk: second };
}

/**
 * A call's id inside its chunk. `item` says what is asked (`judge`, `q2.v3.accuracy.1`); a later call for the same item,
 * because an answer could not be used, gets a letter: `q2.v3.accuracy.1.b`.
 */
export function callId(item: string, call: number): string {
  return call === 1 ? item : `${item}.${LATER_CALLS[call - 2] ?? `call${call}`}`;
}

const LATER_CALLS = 'bcdefghijklmnopqrstuvwxyz';

export function parseCallId(id: string): { item: string; call: number } {
  const later = /^(.*)\.(?:([b-z])|call(\d+))$/.exec(id);
  if (later === null) return { item: id, call: 1 };
  const [, item = '', letter, number] = later;
  return { item, call: letter === undefined ? Number(number) : LATER_CALLS.indexOf(letter) + 2 };
}

/** Question `number`'s version `version`, place `vote` of a check: `q2.v3.accuracy.1`. */
export function voteItem(number: number, version: number, check: string, vote: number): string {
  return `q${number}.v${version}.${check}.${vote}`;
}
