import { RunArchive } from '../../archive/run-archive.js';
import { partOf, readAccount } from '../../inspect/chunk-story.js';
import { describeStory } from '../../inspect/describe-story.js';
import { findItem } from '../../inspect/find-item.js';
import { readControl } from '../../store/control.js';
import { type GlobalOptions, openContext, requireIdentity, runStore } from '../command-context.js';
import { EXIT, type ExitCode, UsageError } from '../exit.js';
import { print, printJson, remark } from '../print.js';

/** Characters of a line where output goes to no terminal. */
const PLAIN_WIDTH = 100;
const NARROWEST = 40;

export interface InspectOptions extends GlobalOptions {
  calls: boolean;
  json: boolean;
}

/** Tells the story of a chunk, or of one of its questions, conversations or calls. Needs no server. */
export async function inspect(reference: string, options: InspectOptions): Promise<ExitCode> {
  const context = await openContext(options);
  const { run, plan } = await requireIdentity(context);
  const store = runStore(context);
  const archive = await RunArchive.open(store, plan, remark);
  if (!(await archive.isPrepared())) {
    throw new UsageError(`The run in ${store.location} has no chunks yet: its texts are still being cut`);
  }
  const { chunk, part } = await findItem(reference, { archive, store, run });
  const found = await archive.find(chunk);
  if (found === undefined) throw new UsageError(`${chunk} is not in the run any more`);
  const whole = await readAccount(archive, found, (await readControl(store))?.prices ?? context.loaded.settings.PRICES);
  const account = part === undefined ? whole : partOf(whole, part);
  if (account === undefined)
    throw new UsageError(`${chunk} has no ${part}; \`npx augmentoolkit inspect ${chunk}\` shows what it has`);

  if (options.json) {
    const { calls, ...rest } = account;
    printJson({ run, ...rest, calls: options.calls ? calls : calls.map(briefly) });
  } else {
    const width = Math.max(NARROWEST, process.stdout.columns ?? PLAIN_WIDTH);
    print(describeStory(account, { width, calls: options.calls }));
  }
  return EXIT.done;
}

/** Prompts and replies are long, and the reader asks for them. */
function briefly<Call extends { request: { model: string }; reply?: string }>({
  request,
  reply: _reply,
  ...call
}: Call) {
  return { model: request.model, ...call };
}
