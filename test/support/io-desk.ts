import { createIoActivities } from '../../src/activities/index.js';
import type { Activities } from '../../src/activities/contract.js';
import { RunReader } from '../../src/planning/run-reader.js';
import type { RunPlan } from '../../src/planning/run-plan.js';
import { writePlan } from '../../src/planning/run-plan.js';
import { Journal } from '../../src/store/journal.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { openSealed } from '../../src/store/sealed.js';
import { SingleFlight } from '../../src/store/single-flight.js';
import { newAttempt } from './attempt.js';
import { ObservedStore } from './observed-store.js';

type IoActivities = Omit<Activities, 'callModel'>;
type IoActivity = keyof IoActivities;

/** One worker's activities that read and write the run's files, over a folder. */
export interface IoDesk {
  store: ObservedStore;
  journal: Journal;
  /** What the activities did beside writing (`waited for others`), and the problems they told of. */
  noted: string[];
  run<Name extends IoActivity>(
    name: Name,
    input: Parameters<IoActivities[Name]>[0],
  ): Promise<Awaited<ReturnType<IoActivities[Name]>>>;
  /** A file of the run, parsed; of a sealed one, what was sealed. */
  json(path: string): Promise<unknown>;
}

export async function openIoDesk(folder: string, plan: RunPlan, texts: Record<string, string> = {}): Promise<IoDesk> {
  const store = new ObservedStore(folder);
  await writePlan(store, plan);
  for (const [document, text] of Object.entries(texts)) await store.write(RUN_FILES.document(document), text);
  store.written.length = 0;

  const noted: string[] = [];
  const journal = new Journal({ store, flights: new SingleFlight(), onProblem: (message) => noted.push(message) });
  const waitForOthers = async () => void noted.push(`waited for others after ${store.written.length} files`);
  const activities = createIoActivities({
    store,
    journal,
    reader: new RunReader(store, (message) => noted.push(message)),
    leases: { waitForOthers, isInFlightElsewhere: () => false },
    paid: async () => ({ models: {} }),
  });
  return {
    store,
    journal,
    noted,
    run: (name, input) =>
      newAttempt().run(async (given) => (activities[name] as (input: unknown) => never)(given), input),
    json: async (path) => {
      const text = (await store.read(path)) ?? 'null';
      return openSealed(text) ?? JSON.parse(text);
    },
  };
}
