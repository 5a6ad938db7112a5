import { processEnvironment } from '../../config/environment.js';
import type { RunStatus } from '../run-status.js';
import { Forecaster } from './forecast.js';
import { createJsonView } from './json-view.js';
import { createPlainView } from './plain-view.js';
import type { ForecastView } from './forecast-view.js';
import { printJson, remark } from '../print.js';

/** Shows a run while it goes on. */
export interface ProgressView {
  /** @param page where the run is in the Web UI; empty where that is not known */
  update: (status: RunStatus, page: string) => void;
  /** A passing remark; the view goes on below it. */
  note: (message: string) => void;
  /** Leaves the screen to what comes next. */
  end: () => void;
}

export async function createProgressView(options: { json: boolean }): Promise<ProgressView> {
  const view = await chooseView(options);
  const forecaster = new Forecaster();
  return {
    ...view,
    update: (status, page) =>
      view.update({ status, page, forecast: forecaster.look(status, performance.now() / 1_000) }),
  };
}

async function chooseView({ json }: { json: boolean }): Promise<ForecastView> {
  if (json) return createJsonView(printJson);
  const isScreen = process.stderr.isTTY && processEnvironment()['TERM'] !== 'dumb';
  if (!isScreen) return createPlainView(remark);
  // Loaded only for a terminal: into a pipe it would write escape codes.
  const { createLiveView } = await import('./live-view.js');
  return createLiveView(process.stderr);
}
