import { Command, InvalidArgumentError } from 'commander';

export interface ProofOptions {
  seeds: number;
  from: number;
  input: string;
  limit: number;
  latency: number;
  jitter: number;
  outages: boolean;
  keep: boolean;
}

/** Prints what is wrong, or the help, and ends the process. */
export function readOptions(args: readonly string[]): ProofOptions {
  return new Command('npm run crash --')
    .description(
      'Shows that nothing is lost and nothing is paid twice, whatever is killed: runs on the rehearsal model are ' +
        'disturbed at moments drawn from a seed, and compared with an undisturbed one. Prints one JSON line of figures; ' +
        'the exit code is 1 if anything was not as it must be.',
    )
    .option('--seeds <count>', 'how many disturbed runs', count, 20)
    .option('--from <seed>', 'the first seed', count, 1)
    .option('--input <path>', 'a text, or a folder with texts', 'samples')
    .option('--limit <calls>', 'calls in flight at the same time', count, 10)
    .option('--latency <ms>', 'how long the model takes for an answer', count, 300)
    .option('--jitter <ms>', 'by so much it is quicker or slower', count, 200)
    .option('--no-outages', 'leave out the two runs whose server is away for a minute')
    .option('--keep', 'leave the folders of runs that were not as they must be', false)
    .parse(args, { from: 'user' })
    .opts<ProofOptions>();
}

function count(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('Give a whole number.');
  return Number(value);
}
