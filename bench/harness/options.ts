import { Command } from 'commander';
import type { Size } from './benchmark.js';

export interface BenchOptions {
  /** None: all. */
  names: string[];
  size: Size;
  list: boolean;
}

/** Prints what is wrong, or the help, and ends the process. */
export function readOptions(args: readonly string[]): BenchOptions {
  const command = new Command('npm run bench --')
    .description(
      'Measures the program in real child processes on a real Temporal server against the rehearsal model. Prints one ' +
        'JSON line for each benchmark; the exit code is 1 if one could not be measured.',
    )
    .argument('[names...]', 'which benchmarks (default: all)')
    .option('--small', 'only show that they run: few chunks, figures without meaning', false)
    .option('--list', 'say what there is, and measure nothing', false)
    .parse(args, { from: 'user' });
  const { small, list } = command.opts<{ small: boolean; list: boolean }>();
  return { names: command.args, size: small ? 'small' : 'full', list };
}
