import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { FAULT_KINDS } from '../rehearsal/faults.js';
import { EXPORT_FORMATS, FORMATS, TRAINERS } from '../export/export-formats.js';
import type { ModelRole } from '../steps/step.js';
import type { GlobalOptions } from './command-context.js';
import { UserError } from '../user-error.js';
import { describeError, EXIT, type ExitCode } from './exit.js';
import { remark } from './print.js';

/** Runs a command and sets the exit code. Commands are loaded only when they run, so that help comes at once. */
export async function main(args: readonly string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', passOverClosedPipe);
  const program = createProgram((code) => {
    process.exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = exitCodeFor(error, args.includes('--debug'));
  }
}

/** How a pipe says that nobody reads along any more, and how a closed terminal does. */
const NOBODY_READS: readonly (string | undefined)[] = ['EPIPE', 'ERR_STREAM_DESTROYED', 'EIO'];

/** Whoever reads along (`| head`) may stop before we do; what was begun goes on to its end. */
function passOverClosedPipe(error: NodeJS.ErrnoException): void {
  if (!NOBODY_READS.includes(error.code)) throw error;
}

function exitCodeFor(error: unknown, debug: boolean): number {
  // Commander has said it already; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
  remark(describeError(error, debug));
  return error instanceof UserError ? EXIT.wrongUse : EXIT.failed;
}

function createProgram(exit: (code: ExitCode) => void): Command {
  const program = new Command('augmentoolkit')
    .description('Turns books, manuals and notes into instruction-tuning data, as durable Temporal workflows.')
    .exitOverride()
    .showHelpAfterError('(add --help for the options)');

  /** A command that takes the settings. */
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option('--config <file>', 'settings file (default: ./config.yaml)')
      .option('--set <key=value>', 'change a setting, as in --set SYSTEM.SEED=2; may be repeated', collect, [])
      .option('--debug', 'show where an error comes from', false);

  addSetupCommands(program, command, exit);
  addRunCommands(command, exit);
  addResultCommands(command, exit);
  addSteeringCommands(command, exit);
  addServerCommands(program, command, exit);
  return program;
}

type NewCommand = (name: string, description: string) => Command;
type Exit = (code: ExitCode) => void;

function addSetupCommands(program: Command, command: NewCommand, exit: Exit): void {
  program
    .command('init')
    .description('a new folder with settings for a service, and prompts to start from')
    .argument('[folder]', 'where', '.')
    .option('--provider <name>', 'a service or local server; without it, all are listed')
    .option('--prompts <names>', 'prompts to copy into force: all, or names with commas between')
    .option('--debug', 'show where an error comes from', false)
    .action(async (folder, options) => exit(await (await import('./commands/init.js')).init(folder, options)));
  command('doctor', 'check settings, prompts, input, keys, models, Temporal and disk before a run')
    .option('--no-calls', 'make no calls to the models, which cost a few tokens')
    .option('--json', 'print JSON', false)
    .action(async (options) => exit(await (await import('./commands/doctor.js')).doctor(options)));
}

function addRunCommands(command: NewCommand, exit: Exit): void {
  const until = () =>
    new Option('--until <stage>', 'how far to go').choices(['pairs', 'conversations']).default('conversations');
  command('estimate', 'calls, tokens, money and time of a run, before you pay')
    .addOption(until())
    .option('--sample <chunks>', 'measure on so many chunks, which the run need not pay again', wholeNumber, 0)
    .option('--json', 'print JSON', false)
    .action(async (options) => exit(await (await import('./commands/estimate.js')).estimate(options)));
  command('run', 'do everything in this terminal: server, worker, run, progress, result')
    .addOption(until())
    .option('--name <name>', "the run's name (default: the output folder's)")
    .option('--json', 'print one JSON object a line, the last one the result', false)
    .action(async (options) => exit(await (await import('./commands/run.js')).run(options)));
  command('start', 'start a run and return; workers do the rest')
    .addOption(until())
    .option('--name <name>', "the run's name (default: the output folder's)")
    .option('--json', 'print JSON', false)
    .action(async (options) => exit(await (await import('./commands/start.js')).start(options)));
  command('retry', 'run again only what failed')
    .addOption(new Option('--until <stage>', 'how far to go (default: as before)').choices(['pairs', 'conversations']))
    .option('--start', 'return once it is started; workers do the rest', false)
    .option('--json', 'print one JSON object a line, the last one the result', false)
    .action(async (options) => exit(await (await import('./commands/retry.js')).retry(options)));
  command('watch', 'follow the run in PATH.OUTPUT')
    .option('--json', 'print one JSON object a line, the last one the result', false)
    .action(async (options) => exit(await (await import('./commands/watch.js')).watch(options)));
  command('status', 'one look at the run in PATH.OUTPUT')
    .option('--json', 'print JSON', false)
    .action(async (options) => exit(await (await import('./commands/status.js')).status(options)));
  command('list', 'all runs on the server')
    .option('--json', 'print JSON', false)
    .action(async (options) => exit(await (await import('./commands/list.js')).list(options)));
}

function addResultCommands(command: NewCommand, exit: Exit): void {
  command('inspect', 'the whole story of a chunk, question, conversation or row of the dataset')
    .argument('<id>', "a chunk's id or part of it, CHUNK/q2, CHUNK/c1, or a place as in messages.jsonl:12")
    .option('--calls', "with each call's prompt and reply", false)
    .option('--json', 'print JSON', false)
    .action(async (id, options) => exit(await (await import('./commands/inspect.js')).inspect(id, options)));
  command('report', 'write report.html for the run in PATH.OUTPUT, as it stands now')
    .option('--json', 'print what is in it as JSON, and write nothing', false)
    .action(async (options) => exit(await (await import('./commands/report.js')).report(options)));
  command('export', 'write what the run gave for a trainer, with the settings that load it')
    .addOption(new Option('--format <format>', 'of the rows').choices([...EXPORT_FORMATS]).makeOptionMandatory())
    .addOption(new Option('--file <kind>', 'kind of files').choices(['jsonl', 'parquet']).default('jsonl'))
    .option('--to <folder>', 'where (default: exports/FORMAT in PATH.OUTPUT)')
    .option('--validation <share>', 'of the rows, 0 to 1, in a file of their own', share, 0)
    .addOption(
      new Option('--split-by <unit>', 'what is in one of the two only')
        .choices(['document', 'chunk'])
        .default('document'),
    )
    .addOption(new Option('--trainer <name>', 'settings for this one only').choices([...TRAINERS]))
    .option('--step <name>', "with --format calls: only this step's")
    .option('--json', 'print JSON', false)
    .addHelpText('after', `\nFormats:\n${describeFormats().join('\n')}`)
    .action(async (options) => exit(await (await import('./commands/export.js')).exportDataset(options)));
}

function addSteeringCommands(command: NewCommand, exit: Exit): void {
  command('pause', 'start no new calls until resumed').action(async (options: GlobalOptions) =>
    exit(await (await import('./commands/steer.js')).pause(options)),
  );
  command('resume', 'let a run go on that is paused, or has spent its LIMITS.MAX_COST')
    .option('--max-cost <money>', 'spend so much at most, over the life of PATH.OUTPUT; 0: no limit', amount)
    .action(async (options) => exit(await (await import('./commands/steer.js')).resume(options)));
  command('cancel', 'stop a run for good; what is done is kept')
    .option('--aggregate', 'write the dataset from what is complete', false)
    .action(async (options) => exit(await (await import('./commands/cancel.js')).cancel(options)));
}

function addServerCommands(program: Command, command: NewCommand, exit: Exit): void {
  command('worker', 'work on the run in PATH.OUTPUT; start as many as you like')
    .option('--models <roles>', 'model queues to serve', readRoles, ['logical', 'large'] satisfies ModelRole[])
    .action(async (options) => exit(await (await import('./commands/worker.js')).worker(options)));
  command('server', 'the local Temporal server with its Web UI')
    .argument('[action]', 'start, stop or status', readServerAction, 'start')
    .option('--json', 'print JSON', false)
    .action(async (action, options) => exit(await (await import('./commands/server.js')).server(action, options)));
  program
    .command('rehearsal')
    .description('the rehearsal model: an OpenAI-compatible server on this machine that plays every step by rules')
    .option('--port <port>', 'port to listen on; 0: any free one', wholeNumber, 8300)
    .option('--latency <ms>', 'milliseconds a call takes', wholeNumber, 0)
    .option('--jitter <ms>', 'and up to so many more or less', wholeNumber, 0)
    .addOption(
      new Option('--profile <profile>', 'how it answers')
        .choices(['agreeable', 'mixed', 'hostile'])
        .default('agreeable'),
    )
    .option('--judge-no <share>', 'of the paragraphs, 0 to 1, that it judges unsuitable (default: by profile)', share)
    .option(
      '--faults <rates>',
      `shares of calls, as in 429:0.1,hang:0.01,garbage:0.05; there are ${FAULT_KINDS.join(', ')}`,
      '',
    )
    .option(
      '--rpm <number>',
      'requests a minute it allows; PUT /limits {"rpm": 300, "tpm": 9000} changes that',
      wholeNumber,
    )
    .option('--tpm <number>', 'tokens a minute it allows', wholeNumber)
    .option('--seed <number>', 'another one gives other answers', wholeNumber, 1)
    .option('--debug', 'show where an error comes from', false)
    .action(async (options) => exit(await (await import('./commands/rehearsal.js')).rehearsal(options)));
}

function describeFormats(): string[] {
  return EXPORT_FORMATS.map((format) => `  ${format}: ${FORMATS[format].row}`);
}

function collect(value: string, earlier: string[]): string[] {
  return [...earlier, value];
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  return Number(value);
}

function amount(value: string): number {
  if (!/^\d+(\.\d+)?$/.test(value)) throw new InvalidArgumentError('It must be a number, 0 or more, as in 12.50.');
  return Number(value);
}

function share(value: string): number {
  if (!/^(0|1|0?\.\d+)$/.test(value)) throw new InvalidArgumentError('It must be a number from 0 to 1, as in 0.95.');
  return Number(value);
}

function readRoles(value: string): ModelRole[] {
  const roles = value.split(',').map((role) => role.trim());
  if (roles.every((role) => role === 'logical' || role === 'large')) return roles;
  throw new InvalidArgumentError('It must be logical, large, or both with a comma between.');
}

function readServerAction(value: string): string {
  if (['start', 'stop', 'status'].includes(value)) return value;
  throw new InvalidArgumentError('It must be start, stop or status.');
}
