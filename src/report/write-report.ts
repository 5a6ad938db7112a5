import { readSummary } from '../outputs/run-summary.js';
import { hashOf } from '../store/canonical.js';
import { RUN_FILES } from '../store/run-files.js';
import { collectReport, type CollectOptions } from './collect-report.js';
import { renderGraph } from './render-graph.js';
import { renderReport } from './render-report.js';
import type { ReportData } from './report-data.js';

/** Raised where the page changes for the same data, so that it is written anew. */
const REPORT_VERSION = 1;
/** The page names its key near its beginning. */
const KEY = /<meta name="augmentoolkit-report" content="([0-9a-f]+)">/;

/** `report.html`, and with GRAPH `graph.svg`. */
export async function writeReport(options: CollectOptions & { graph: boolean }): Promise<ReportData> {
  const { store, graph } = options;
  const key = await reportKey(options);
  const data = await collectReport(options);
  await store.write(RUN_FILES.report, renderReport(data, key));
  if (graph) await store.write(RUN_FILES.graph, renderGraph(data));
  return data;
}

/**
 * Whether the report of a run at its end says all there is to say: a run that is started again and finds all done need
 * not read its whole journal for it.
 */
export async function isReportUpToDate(
  options: Pick<CollectOptions, 'store' | 'prices'> & { graph: boolean },
): Promise<boolean> {
  const { store, graph } = options;
  const page = await store.read(RUN_FILES.report);
  if (page === undefined || (graph && !(await store.exists(RUN_FILES.graph)))) return false;
  return KEY.exec(page)?.[1] === (await reportKey(options));
}

/** Of what a run at its end came to, and paid. */
async function reportKey({ store, prices }: Pick<CollectOptions, 'store' | 'prices'>): Promise<string> {
  const summary = await readSummary(store);
  const { versions, end, funnel, tokens, rows, dropped, paid } = summary ?? {};
  const shown = { version: REPORT_VERSION, versions, end, funnel, tokens, rows, dropped, paid, prices };
  return hashOf(JSON.parse(JSON.stringify(shown))).slice(0, 16);
}
