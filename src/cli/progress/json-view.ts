import type { ForecastView } from './forecast-view.js';

/** An object for each look and each note. */
export function createJsonView(print: (value: object) => void): ForecastView {
  return {
    update({ status, forecast, page }) {
      const { openCalls: _looked, ...rest } = status;
      const { callsPerMinute, chunksPerMinute, secondsLeft, tokens, cost, share, isWaiting } = forecast;
      print({
        type: 'progress',
        ...rest,
        page,
        forecast: {
          share: Number(share.toFixed(4)),
          waiting: isWaiting,
          callsPerMinute: rounded(callsPerMinute),
          chunksPerMinute: rounded(chunksPerMinute),
          secondsLeft: secondsLeft ?? null,
          tokens: tokens ?? null,
          cost: rounded(cost),
        },
      });
    },
    note: (message) => print({ type: 'note', message }),
    end: () => {},
  };
}

/** To four digits after the point: more would only be noise. */
function rounded(number: number | undefined): number | null {
  return number === undefined ? null : Number(number.toFixed(4));
}
