import type { WriteStream } from 'node:tty';
import { createLogUpdate } from 'log-update';
import colors from 'picocolors';
import stringWidth from 'string-width';
import type { ForecastView, Shown } from './forecast-view.js';
import { showInvisible } from '../../show-invisible.js';
import { renderRows, type Row, type Tone } from './render-rows.js';

const PAINT: Record<Tone, (text: string) => string> = {
  heading: colors.bold,
  plain: (text) => text,
  attention: colors.yellow,
  aside: colors.dim,
};
/** Where a terminal does not say its size. */
const USUAL_SIZE = { columns: 80, rows: 24 };
const ROW_UP_AND_ERASE = '\u001B[1A\u001B[2K';
const ERASE_BELOW = '\u001B[J';

/** A few rows at the bottom of a terminal, drawn anew at each look. */
export function createLiveView(stream: WriteStream): ForecastView {
  const screen = createLogUpdate(stream);
  let last: Shown | undefined;
  let drawn: Row[] = [];
  const draw = () => {
    if (last === undefined) return;
    const { columns, rows } = stream.columns > 0 && stream.rows > 0 ? stream : USUAL_SIZE;
    const before = drawn.length;
    drawn = renderRows(last, { columns, rows });
    // log-update leaves what is alike at the end where it stands, even if rows came in or went before it.
    if (drawn.length !== before) screen.clear();
    screen(drawn.map(({ text, tone }) => PAINT[tone](text)).join('\n'));
  };
  const redraw = () => {
    if (drawn.length === 0) return;
    screen.clear();
    stream.write(ROW_UP_AND_ERASE.repeat(countWrapped(drawn, stream.columns)) + ERASE_BELOW);
    draw();
  };
  stream.on('resize', redraw);
  return {
    update(shown) {
      last = shown;
      draw();
    },
    note(message) {
      screen.clear();
      drawn = [];
      stream.write(showInvisible(`${message}\n`));
    },
    end() {
      stream.off('resize', redraw);
      screen.done();
    },
  };
}

/** A terminal that becomes narrower breaks what stands there: so many rows more than were written. */
function countWrapped(rows: readonly Row[], columns: number): number {
  if (!(columns > 0)) return 0;
  return rows.reduce((sum, { text }) => sum + Math.max(0, Math.ceil(stringWidth(text) / columns) - 1), 0);
}
