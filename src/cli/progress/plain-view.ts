import { attentionLines, progressLine } from '../describe-status.js';
import { describeForecast } from './describe-forecast.js';
import type { ForecastView } from './forecast-view.js';

/** Between two lines, in milliseconds, by how long the run is followed already: the longer, the rarer. */
const INTERVALS = [
  { until: 60_000, every: 10_000 },
  { until: 10 * 60_000, every: 30_000 },
  { until: 60 * 60_000, every: 60_000 },
];
const LAST_INTERVAL_MS = 5 * 60_000;

/** For pipes and files: a line now and then, and at once what a person should know. */
export function createPlainView(print: (line: string) => void, now = () => performance.now()): ForecastView {
  const startedAt = now();
  let lastLine = '';
  let lastAttention = '';
  let printedAt = -Infinity;
  return {
    update({ status, forecast }) {
      const attention = attentionLines(status).join('\n');
      if (attention !== lastAttention && attention !== '') print(attention);
      lastAttention = attention;
      const line = [progressLine(status), ...(status.state === 'running' ? describeForecast(forecast) : [])].join('; ');
      if (line === lastLine || now() - printedAt < plainInterval(now() - startedAt)) return;
      lastLine = line;
      printedAt = now();
      print(line);
    },
    note: print,
    end: () => {},
  };
}

export function plainInterval(followedMs: number): number {
  return INTERVALS.find(({ until }) => followedMs < until)?.every ?? LAST_INTERVAL_MS;
}
