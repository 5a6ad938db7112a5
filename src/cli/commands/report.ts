import { join } from 'node:path';
import { collectReport } from '../../report/collect-report.js';
import type { ReportData } from '../../report/report-data.js';
import { RunArchive } from '../../archive/run-archive.js';
import { writeReport } from '../../report/write-report.js';
import { readControl } from '../../store/control.js';
import { readLiveWorkers } from '../../store/leases.js';
import { RUN_FILES } from '../../store/run-files.js';
import type { Store } from '../../store/store.js';
import { counted, formatCount } from '../../format.js';
import { formatMoney } from '../../llm/pricing.js';
import { type GlobalOptions, openContext, requireIdentity, runStore } from '../command-context.js';
import { EXIT, type ExitCode, UsageError } from '../exit.js';
import { print, printJson, remark } from '../print.js';

/** Writes the report of a run, at its end or as it stands now. Needs no server. */
export async function report(options: GlobalOptions & { json: boolean }): Promise<ExitCode> {
  const context = await openContext(options);
  const { run, plan } = await requireIdentity(context);
  const store = runStore(context);
  if (!(await (await RunArchive.open(store, plan)).isPrepared())) {
    throw new UsageError(`The run in ${store.location} has no chunks yet: its texts are still being cut`);
  }
  const { settings } = context.loaded;
  const control = await readControl(store);
  const prices = control?.prices ?? settings.PRICES;
  const state = await stateNow(store, control?.paused ?? false);
  const shown = { store, run, plan, prices, state, onProblem: remark };
  if (options.json) {
    printJson(await collectReport(shown));
    return EXIT.done;
  }
  const data = await writeReport({ ...shown, graph: settings.SYSTEM.GRAPH });
  print(describeReport(data, store, settings.SYSTEM.GRAPH));
  return EXIT.done;
}

async function stateNow(store: Store, paused: boolean): Promise<'at work' | 'paused' | 'open'> {
  const workers = await readLiveWorkers(store);
  if (workers.length === 0) return 'open';
  return paused ? 'paused' : 'at work';
}

function describeReport(
  { state, output, funnel, drops, spending }: ReportData,
  store: Store,
  graph: boolean,
): string[] {
  const { total } = spending;
  const dropped = drops.reduce((sum, { count }) => sum + count, 0);
  const money = total.cost === undefined ? '' : `, ${formatMoney(total.cost)}`;
  return [
    `The run is ${state}.`,
    `Got      ${counted(output.rows, 'conversation')} from ${counted(output.pairs, 'pair')}, ${formatCount(funnel.worthy)} of ${counted(funnel.chunks.in, 'chunk')} worthy`,
    `Dropped  ${counted(dropped, 'item')}`,
    `Paid     ${counted(total.calls, 'call')}, ${formatCount(total.prompt + total.completion)} tokens${money}`,
    `Report   ${join(store.location, RUN_FILES.report)}`,
    ...(graph ? [`Graph    ${join(store.location, RUN_FILES.graph)}`] : []),
  ];
}
