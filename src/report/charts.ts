import { formatCount } from '../format.js';
import { type Html, html } from './html.js';

/** Pictures in SVG, drawn by hand: their colours are classes of the page's style. Each says in words what it shows. */

export interface Part {
  /** Class of its colour: `good`, `bad`, `warn` or `mute`. */
  tone: Tone;
  label: string;
  value: number;
}

export type Tone = 'good' | 'bad' | 'warn' | 'mute';

const WIDTH = 600;
const BAR_HEIGHT = 14;
const CHART_HEIGHT = 120;
const AXIS = 16;
/** A part that is there is seen. */
const THINNEST = 1.5;

/** One bar of several parts, as long as its sum is to `most`. */
export function stackedBar(parts: readonly Part[], most: number): Html {
  const shown = parts.filter(({ value }) => value > 0);
  const said = shown.map(({ label, value }) => `${formatCount(value)} ${label}`).join(', ');
  let x = 0;
  const bars = shown.map(({ tone, label, value }) => {
    const width = Math.max(THINNEST, most === 0 ? 0 : (WIDTH * value) / most);
    const bar = html`<rect class="${tone}" x="${round(x)}" y="0" width="${round(width)}" height="${BAR_HEIGHT}"
      ><title>${formatCount(value)} ${label}</title></rect
    >`;
    x += width;
    return bar;
  });
  return html`<svg
    class="bar"
    viewBox="0 0 ${WIDTH} ${BAR_HEIGHT}"
    preserveAspectRatio="none"
    role="img"
    aria-label="${said === '' ? 'none' : said}"
  >
    ${bars}
  </svg>`;
}

/** Bars side by side, each with a title. */
export function columns(values: readonly { label: string; value: number }[], what: string): Html {
  const most = Math.max(1, ...values.map(({ value }) => value));
  const step = WIDTH / Math.max(1, values.length);
  const bars = values.map(({ label, value }, index) => {
    const height = value === 0 ? 0 : Math.max(THINNEST, (CHART_HEIGHT * value) / most);
    return html`<rect
      class="good"
      x="${round(index * step + step * 0.1)}"
      y="${round(CHART_HEIGHT - height)}"
      width="${round(step * 0.8)}"
      height="${round(height)}"
      ><title>${label}: ${formatCount(value)}</title></rect
    >`;
  });
  const first = values.at(0)?.label ?? '';
  const last = values.at(-1)?.label ?? '';
  return chart(bars, what, first, last);
}

/** A filled line over time; a break between two parts is a gap with a mark. */
export function areas(parts: readonly (readonly number[])[], tone: Tone, what: string, ends: [string, string]): Html {
  const most = Math.max(...parts.flat(), Number.MIN_VALUE);
  const gap = 3;
  const points = parts.reduce((sum, part) => sum + Math.max(1, part.length), 0) + gap * (parts.length - 1);
  const step = WIDTH / Math.max(1, points);
  const y = (value: number) => round(CHART_HEIGHT - (CHART_HEIGHT * value) / most);
  let x = 0;
  const drawn = parts.map((part, index) => {
    const from = x;
    const steps = part.map(
      (value, each) => `L${round(from + each * step)} ${y(value)} H${round(from + (each + 1) * step)}`,
    );
    const end = from + Math.max(1, part.length) * step;
    x = end + gap * step;
    const mark = index === 0 ? '' : `M${round(from - (gap * step) / 2)} 0 V${CHART_HEIGHT}`;
    return html`<path
        class="${tone}"
        d="M${round(from)} ${CHART_HEIGHT} ${steps.join(' ')} V${CHART_HEIGHT} Z"
      />${mark === '' ? '' : html`<path class="break" d="${mark}" />`}`;
  });
  return chart(drawn, what, ...ends);
}

function chart(content: readonly Html[], what: string, first: string, last: string): Html {
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${CHART_HEIGHT + AXIS}" role="img" aria-label="${what}">
    <title>${what}</title>
    ${content}
    <path class="axis" d="M0 ${CHART_HEIGHT} H${WIDTH}" />
    <text x="0" y="${CHART_HEIGHT + AXIS - 3}">${first}</text>
    <text x="${WIDTH}" y="${CHART_HEIGHT + AXIS - 3}" text-anchor="end">${last}</text>
  </svg>`;
}

/** Which colour is what. */
export function legend(parts: readonly Pick<Part, 'tone' | 'label'>[]): Html {
  return html`<p class="legend">
    ${parts.map(({ tone, label }) => html`<span><i class="${tone}"></i>${label}</span> `)}
  </p>`;
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
