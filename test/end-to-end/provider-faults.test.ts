import { stageCounts } from '../../src/accounting.js';
import { Client, Connection } from '@temporalio/client';
import type { RunStatus } from '../../src/cli/run-status.js';
import type { RunSummary } from '../../src/outputs/run-summary.js';
import type { StageCount } from '../../src/records.js';
import type { FaultRates } from '../../src/rehearsal/faults.js';
import { finish, until, Workbench } from '../support/command-line.js';
import { readRecordedCalls, readComparable, readJson } from '../support/dataset.js';
import { apiError, SwitchableProvider } from '../support/switchable-provider.js';

const MINUTES = 60_000;
const ONE_CHUNK = ['SYSTEM.USE_SUBSET=true', 'SYSTEM.SUBSET_SIZE=1'];
/** Only for calls that hang: a slow machine may need longer for those that do not. */
const SHORT_TIMEOUT = 'LIMITS.REQUEST_TIMEOUT=5';

let bench: Workbench;
const providers: SwitchableProvider[] = [];
/** The dataset of a run that met no faults. */
let undisturbed: Record<string, string>;
beforeAll(async () => {
  bench = await Workbench.open();
  const settings = bench.settings(await bench.model(), 'undisturbed', ...ONE_CHUNK);
  await bench.augmentoolkit('run', settings);
  undisturbed = await readComparable(bench.output('undisturbed'));
}, 5 * MINUTES);
afterAll(async () => {
  await bench.close();
  await Promise.all(providers.map((provider) => provider.close()));
}, MINUTES);

/** Runs to its end with these faults. */
async function runWith(name: string, faults: FaultRates) {
  const model = await bench.model({ faults });
  const more = faults.hang === undefined ? ONE_CHUNK : [...ONE_CHUNK, SHORT_TIMEOUT];
  const { code } = await bench.augmentoolkit('run', bench.settings(model, name, ...more));
  const output = bench.output(name);
  const { funnel } = await readJson<RunSummary>(output, 'run.json');
  const { answered, repeats, faults: met } = model.stats();
  // A completion without choices is an answer that cannot be used; the model does not count it as one.
  const paid = answered + (met['empty'] ?? 0);
  return {
    code,
    chunks: funnel.chunks.in,
    unbalanced: stageCounts(funnel).filter((stage) => !isBalanced(stage)),
    repeats: repeats.count,
    unrecorded: paid - (await readRecordedCalls(output)).size,
    faultsNotMet: Object.keys(faults).filter((fault) => met[fault] === undefined),
    dataset: await readComparable(output),
  };
}

function isBalanced({ in: all, accepted, rejected, failed, notRun }: StageCount): boolean {
  return all === accepted + rejected + failed + notRun;
}

/** All that came in is accounted for, and all that was paid for is in the journal, once. */
const IN_ORDER = { code: 0, chunks: 1, unbalanced: [], repeats: 0, unrecorded: 0, faultsNotMet: [] };

describe('a fault between here and the provider, at three calls in ten', () => {
  it.concurrent.each(['429', 'bare429', '500', '502', '503', '504', 'hang', 'reset', 'html', 'mistyped'] as const)(
    '%s changes nothing in the dataset',
    async (fault) => {
      const run = await runWith(`with ${fault}`, { [fault]: 0.3 });
      expect(run).toEqual({ ...IN_ORDER, dataset: undisturbed });
    },
    5 * MINUTES,
  );

  it.concurrent(
    'all at once, at half of the calls, change nothing in the dataset',
    async () => {
      const rare = { '429': 0.06, bare429: 0.06, '500': 0.06, '502': 0.06, '503': 0.06, reset: 0.08, html: 0.06 };
      const run = await runWith('with all', { ...rare, mistyped: 0.06 });
      expect(run).toEqual({ ...IN_ORDER, dataset: undisturbed });
    },
    5 * MINUTES,
  );
});

describe('a fault of the answer, at three calls in ten', () => {
  it.concurrent.each(['empty', 'garbage', 'truncate', 'long'] as const)(
    '%s leaves nothing unaccounted for',
    async (fault) => {
      expect(await runWith(`with ${fault}`, { [fault]: 0.3 })).toMatchObject(IN_ORDER);
    },
    5 * MINUTES,
  );

  it.concurrent(
    'all at once, beside other faults, leave nothing unaccounted for',
    async () => {
      const between = { '429': 0.1, '503': 0.1, reset: 0.1 };
      const run = await runWith('with everything', { ...between, garbage: 0.15, long: 0.15 });
      expect(run).toMatchObject(IN_ORDER);
    },
    5 * MINUTES,
  );
});

describe('calls that are tried again', () => {
  it(
    'show their reason in the status and on the page of the run',
    async () => {
      const model = await bench.model();
      const provider = await SwitchableProvider.start(model.url);
      providers.push(provider);
      const { host } = new URL(provider.url);
      provider.to(() => apiError(503, 'The engine is overloaded.'));
      const settings = bench.settings(provider, 'overloaded', ...ONE_CHUNK);
      const running = finish(bench.spawn('run', settings));
      await until('calls fail', () => provider.turnedDown > 0, 2 * MINUTES);

      const message = `503 from ${host}: The engine is overloaded`;
      await until('status counts them', async () => {
        const status = await bench.augmentoolkit('status', [...settings, '--json']);
        const { workers } = JSON.parse(status.stdout) as RunStatus;
        const limiters = workers.flatMap((worker) => Object.values(worker.limiters));
        return limiters.some(({ failures, lastFailure }) => (failures['503'] ?? 0) > 0 && lastFailure === message);
      });
      expect(await pendingFailures()).toContainEqual(
        expect.stringMatching(new RegExp(`^${message}, next try in \\d+ s$`)),
      );

      provider.back();
      expect(await running).toMatchObject({ code: 0 });
      expect(model.stats()).toMatchObject({ calls: 33, repeats: { count: 0 } });
    },
    5 * MINUTES,
  );
});

/** What the server says of the calls that wait for their next try, as the Web UI shows it. */
async function pendingFailures(): Promise<string[]> {
  const connection = await Connection.connect({ address: bench.temporalAddress });
  try {
    const client = new Client({ connection });
    const messages: string[] = [];
    for await (const { workflowId, type } of client.workflow.list({ query: 'ExecutionStatus = "Running"' })) {
      if (type !== 'processChunk') continue;
      const { raw } = await client.workflow.getHandle(workflowId).describe();
      messages.push(...(raw.pendingActivities ?? []).flatMap(({ lastFailure }) => lastFailure?.message ?? []));
    }
    return messages;
  } finally {
    await connection.close();
  }
}
