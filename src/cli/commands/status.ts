import { readBuildInfo } from '../../temporal/build-info.js';
import {
  type GlobalOptions,
  openContext,
  requireIdentity,
  runPage,
  runStore,
  targetOf,
  withClient,
} from '../command-context.js';
import { failureLines } from '../describe-failures.js';
import { limiterLine } from '../describe-limiter.js';
import { attentionLines, limitersOf, funnelTable, paidLines, progressLine, tokensLine } from '../describe-status.js';
import { EXIT, type ExitCode } from '../exit.js';
import { readRunStatus, type RunStatus } from '../run-status.js';
import { print, printJson } from '../print.js';

/** One look at a run. */
export async function status(options: GlobalOptions & { json: boolean }): Promise<ExitCode> {
  const context = await openContext(options);
  const identity = await requireIdentity(context);
  const target = targetOf(context, identity);
  const build = await readBuildInfo();
  const found = await withClient(target, (client, connection) =>
    readRunStatus(client, connection, runStore(context), identity, build),
  );
  if (options.json) printJson({ ...found, page: runPage(target, identity.run) });
  else print(describe(found, runPage(target, identity.run)));
  return EXIT.done;
}

function describe(found: RunStatus, page: string): string[] {
  const workers = found.workers.flatMap(({ worker, limiters }) => [
    `Worker ${worker}`,
    ...Object.entries(limiters).map(([queue, limiter]) => `  ${queue}: ${limiterLine(limiter)}`),
  ]);
  const counts = found.chunks > 0 ? ['', ...funnelTable(found.funnel), '', tokensLine(found.totals)] : [];
  const { paid, maxCost } = found.spent ?? {};
  return [
    `Run ${found.run}: ${found.state}`,
    page,
    progressLine(found),
    ...(found.reason === undefined ? [] : [found.reason]),
    ...attentionLines(found),
    ...describeWayOn(found),
    ...found.notes,
    ...counts,
    ...(paid === undefined ? [] : paidLines(paid, maxCost)),
    '',
    ...workers,
    ...failureLines(limitersOf(found)),
    ...found.problems,
  ];
}

function describeWayOn({ state }: RunStatus): string[] {
  const isBroken = state === 'failed' || state === 'terminated' || state === 'timed out';
  return isBroken ? ['`npx augmentoolkit run` goes on from the journal'] : [];
}
