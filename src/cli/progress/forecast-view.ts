import type { RunStatus } from '../run-status.js';
import type { Forecast } from './forecast.js';

/** What there is to show of a run. */
export interface Shown {
  status: RunStatus;
  forecast: Forecast;
  /** Where the run is in the Web UI; empty where that is not known. */
  page: string;
}

/** A progress view that is given what to expect along with what is. */
export interface ForecastView {
  update: (shown: Shown) => void;
  note: (message: string) => void;
  end: () => void;
}
