import { join } from 'node:path';
import { stageCounts } from '../accounting.js';
import { DATASET_FILES } from '../outputs/dataset.js';
import { RUN_FILES } from '../store/run-files.js';
import type { Store } from '../store/store.js';
import { funnelTable, paidLines, tokensLine } from './describe-status.js';
import { formatCount, formatDuration } from '../format.js';
import { EXIT, type ExitCode } from './exit.js';
import type { RunOutcome } from './watch-run.js';
import { print, printJson, remark } from './print.js';

/** Prints how a run ended, and where everything is; without an outcome, that somebody stopped looking. */
export function reportEnd(
  ended: RunOutcome | undefined,
  options: { store: Store; json: boolean; startedAt: number },
): ExitCode {
  const outcome = ended ?? { state: 'interrupted' as const };
  const code = exitCodeOf(outcome);
  if (options.json) printJson({ type: 'result', exitCode: code, output: options.store.location, ...outcome });
  else if (outcome.state === 'completed') print(describeResult(outcome.result, options));
  else if (outcome.state === 'interrupted') remark('Stopped. Nothing is lost: the same command goes on from here.');
  else remark(`The run is ${outcome.state}: ${outcome.message}`);
  return code;
}

function exitCodeOf(outcome: RunOutcome | { state: 'interrupted' }): ExitCode {
  if (outcome.state === 'interrupted') return EXIT.interrupted;
  if (outcome.state !== 'completed') return EXIT.failed;
  const { in: all, accepted, rejected } = outcome.result.funnel.chunks;
  return all > 0 && accepted + rejected === 0 ? EXIT.failed : EXIT.done;
}

function describeResult(
  result: Extract<RunOutcome, { state: 'completed' }>['result'],
  { store, startedAt }: { store: Store; startedAt: number },
): string[] {
  const at = (file: string) => join(store.location, file);
  const { funnel, totals, rows, dropped, end, paid, reportFailed } = result;
  const pairsOnly = funnel.conversations.in === 0 && funnel.pairs.accepted > 0;
  const yielded = pairsOnly ? `${formatCount(funnel.pairs.accepted)} pairs` : `${formatCount(rows)} conversations`;
  const failed = stageCounts(funnel).reduce((sum, stage) => sum + stage.failed, 0);
  return [
    '',
    `${end === 'complete' ? 'Done' : 'Cancelled'} after ${formatDuration(Date.now() - startedAt)}: ${yielded} from ${formatCount(funnel.chunks.in)} chunks.`,
    '',
    ...funnelTable(funnel),
    '',
    `${tokensLine(totals)}, in all that led to this.`,
    ...(paid === undefined ? [] : paidLines(paid)),
    ...describeFailed(failed),
    '',
    ...(pairsOnly ? describePairs(at) : describeDataset(at)),
    `Dropped       ${at(DATASET_FILES.rejected)} (${formatCount(dropped)} items, each with its reason)`,
    `Every call    ${at('generations')}`,
    `Summary       ${at(RUN_FILES.summary)}`,
    reportFailed === undefined
      ? `Report        ${at(RUN_FILES.report)}`
      : `Report        could not be written: ${reportFailed}. \`npx augmentoolkit report\` tries again.`,
  ];
}

function describeFailed(failed: number): string[] {
  if (failed === 0) return [];
  const [items, them] = failed === 1 ? ['item', 'it'] : ['items', 'them'];
  return [
    `${formatCount(failed)} ${items} failed; rejected.jsonl names each with its reason. \`npx augmentoolkit retry\` tries ${them} again.`,
  ];
}

function describeDataset(at: (file: string) => string): string[] {
  return [`Dataset       ${at(DATASET_FILES.messages)}`, `              ${at(DATASET_FILES.shareGpt)} (ShareGPT)`];
}

function describePairs(at: (file: string) => string): string[] {
  return [
    `Pairs         ${at('qatuples_revised')}`,
    '              A run without --until pairs, and with REARRANGEMENTS_TO_TAKE above 0, goes on to conversations.',
  ];
}
