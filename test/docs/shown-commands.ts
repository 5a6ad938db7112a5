import type { ShownRow } from './shown-rows.js';

/** What the pages show of the program, in the order in which it is done: one project, one run. */

export interface ShownCommand {
  /** As in the page's `<!-- shown: NAME -->`. */
  name: string;
  /** As people give it, but for `--config`, which is added where the command takes settings. */
  args: readonly string[];
  /** What it is to end with; 0 where it is left out. */
  code?: number;
}

export const SHOWN_COMMANDS: readonly ShownCommand[] = [
  { name: 'init', args: ['init', 'another-book', '--provider', 'together'] },
  { name: 'settings-error', args: ['run', '--set', 'SYSTEM.CHUNKSIZE=300', '--set', 'SYSTEM.SEED=x'], code: 2 },
  { name: 'doctor', args: ['doctor'] },
  { name: 'estimate', args: ['estimate'] },
  { name: 'estimate-sample', args: ['estimate', '--sample', '4'] },
  { name: 'run', args: ['run'] },
  { name: 'run-again', args: ['run'] },
  { name: 'status', args: ['status'] },
  { name: 'retry', args: ['retry'] },
  { name: 'report', args: ['report'] },
  { name: 'export', args: ['export', '--format', 'messages', '--validation', '0.2', '--split-by', 'chunk'] },
  { name: 'inspect-question', args: ['inspect', '00002/q2'] },
  { name: 'start', args: ['start', '--set', 'SYSTEM.SEED=2'] },
  { name: 'status-waiting', args: ['status'] },
  { name: 'server-status', args: ['server', 'status'] },
];

export const PROJECT = 'my-book';

/** Runs whose rows are shown beside those of the project. */
export const ROW_RUNS = [
  { output: 'role-play', profile: 'mixed', settings: ['SYSTEM.ASSISTANT_MODE=false'] },
  { output: 'hostile', profile: 'hostile', settings: ['SYSTEM.QUESTION_VERSIONS=1'] },
] as const;

export const SHOWN_ROWS: readonly ShownRow[] = [
  {
    name: 'messages-row',
    title: '`messages.jsonl`, a user and an assistant:',
    file: 'messages.jsonl',
    output: `${PROJECT}/output`,
  },
  {
    name: 'role-play-row',
    title: '`simplified_data.jsonl`, role-play (`ASSISTANT_MODE: false`):',
    file: 'simplified_data.jsonl',
    output: 'role-play',
  },
  {
    name: 'rejected-row',
    title: '`rejected.jsonl`, something that was thrown away, and why:',
    file: 'rejected.jsonl',
    output: 'hostile',
  },
];
