import { attentionLines, progressLine } from './describe-status.js';
import type { RunStatus } from './run-status.js';

/** Shows a run while it goes on. */
export interface ProgressView {
  update: (status: RunStatus) => void;
  /** A passing remark; the view goes on below it. */
  note: (message: string) => void;
  /** Leaves the screen to what comes next. */
  end: () => void;
}

/** Without a terminal, a line now and then is enough. */
const PLAIN_INTERVAL_MS = 10_000;

export async function createProgressView(options: { json: boolean }): Promise<ProgressView> {
  if (options.json) return jsonView();
  return process.stderr.isTTY ? liveView() : plainView();
}

/** One JSON object a line, on standard output. */
function jsonView(): ProgressView {
  const print = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
  return {
    update: (status) => print({ type: 'progress', ...status }),
    note: (message) => print({ type: 'note', message }),
    end: () => {},
  };
}

function plainView(): ProgressView {
  let lastLine = '';
  let lastAttention = '';
  let printedAt = 0;
  const print = (line: string) => process.stderr.write(`${line}\n`);
  return {
    update(status) {
      const attention = attentionLines(status).join('\n');
      if (attention !== lastAttention && attention !== '') print(attention);
      lastAttention = attention;
      const line = progressLine(status);
      if (line === lastLine || Date.now() - printedAt < PLAIN_INTERVAL_MS) return;
      lastLine = line;
      printedAt = Date.now();
      print(line);
    },
    note: print,
    end: () => {},
  };
}

/** Loaded only for a terminal: into a pipe it would write escape codes. */
async function liveView(): Promise<ProgressView> {
  const { createLogUpdate } = await import('log-update');
  const { default: colors } = await import('picocolors');
  const screen = createLogUpdate(process.stderr);
  return {
    update(status) {
      const attention = attentionLines(status).map((line) => colors.yellow(line));
      screen([`${progressBar(status)} ${progressLine(status)}`, ...attention].join('\n'));
    },
    note(message) {
      screen.clear();
      process.stderr.write(`${message}\n`);
    },
    end: () => screen.done(),
  };
}

const BAR_WIDTH = 20;

function progressBar({ chunks, funnel }: RunStatus): string {
  const filled = chunks === 0 ? 0 : Math.floor((BAR_WIDTH * funnel.chunks.in) / chunks);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}]`;
}
