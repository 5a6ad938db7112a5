/** Names of workflows and calls, each beside its inverse. Pure, so that workflows can use them. */

const BATCH_DIGITS = 4;
const BLOCK_DIGITS = 4;

/** `<run>/batch/0003`; `index` counts from 1. */
export function batchWorkflowId(run: string, index: number): string {
  return `${run}/batch/${batchName(index)}`;
}

/** `0003`: the name of a batch's page in the manifest, too. */
export function batchName(index: number): string {
  return String(index).padStart(BATCH_DIGITS, '0');
}

/** `0003`: of a file with some of a document's chunks; `index` counts from 1. */
export function blockName(index: number): string {
  return String(index).padStart(BLOCK_DIGITS, '0');
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

/** The chunk that a chunk's workflow works on. */
export function chunkOfWorkflow(id: string): string {
  const parts = parseWorkflowId(id);
  if (parts.kind !== 'chunk') throw new TypeError(`${id} is no chunk's workflow`);
  return parts.chunk;
}

/**
 * A call's id inside its chunk. `item` says what is asked (`judge`, `q2.v3.accuracy.1`); a later call for the same item,
 * because an answer could not be used, gets a letter: `q2.v3.accuracy.1.b`. A retry round after the first is named
 * before the letter: `q2.v3.accuracy.1@2.b`.
 */
export function callId(item: string, call: number, round = 1): string {
  const inRound = round === 1 ? item : `${item}@${round}`;
  return call === 1 ? inRound : `${inRound}.${LATER_CALLS[call - 2] ?? `call${call}`}`;
}

const LATER_CALLS = 'bcdefghijklmnopqrstuvwxyz';

export function parseCallId(id: string): { item: string; call: number; round: number } {
  const parts = /^(.*?)(?:@(\d+))?(?:\.(?:([b-z])|call(\d+)))?$/.exec(id);
  const [, item = id, round = '1', letter, number = '1'] = parts ?? [];
  return {
    item,
    call: letter === undefined ? Number(number) : LATER_CALLS.indexOf(letter) + 2,
    round: Number(round),
  };
}

/** Question `number`'s version `version`, place `vote` of a check: `q2.v3.accuracy.1`. */
export function voteItem(number: number, version: number, check: string, vote: number): string {
  return `q${number}.v${version}.${check}.${vote}`;
}

/**
 * What fails as one thing and is tried again as one: a question with all its versions and votes, a conversation with
 * its scene. `chunk`: its workflow broke, and starts anew from the journal; no call is its own.
 */
export type RetryItem =
  { kind: 'judge' | 'generate' | 'chunk' } | { kind: 'question' | 'pair' | 'conversation'; number: number };

/** `judge`, `generate`, `chunk`, `q2`, `q2.revise` or `c1`. */
export function retryItemId(item: RetryItem): string {
  switch (item.kind) {
    case 'question':
      return `q${item.number}`;
    case 'pair':
      return `q${item.number}.revise`;
    case 'conversation':
      return `c${item.number}`;
    case 'judge':
    case 'generate':
    case 'chunk':
      return item.kind;
  }
}

/** The id of the item that a call belongs to: `q2` for `q2.v3.accuracy.1@2.b`. */
export function retryItemOf(call: string): string {
  const { item } = parseCallId(call);
  return /^(?:q\d+\.revise$|[qc]\d+(?=\.))/.exec(item)?.[0] ?? item;
}
