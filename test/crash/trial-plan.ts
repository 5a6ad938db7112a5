import { seededRandom } from '../../src/random.js';

/** `together`: `run`, worker and command in one process. `apart`: `start`, worker processes, and `watch`. */
export type Layout = 'together' | 'apart';

export const KINDS = [
  'worker',
  'worker writing',
  'server',
  'worker and server',
  'command',
  'everything',
  'database',
] as const;
export type Kind = (typeof KINDS)[number];

/** What a worker writes while it is killed: answers, chunks' records, the dataset's files. */
export const PLACES = ['generations', 'records', 'dataset'] as const;
export type Place = (typeof PLACES)[number];

/** One interference with a run, and what the person who runs it does then. */
export interface Disturbance {
  kind: Kind;
  /** It comes once the provider has had so many calls. */
  atCalls: number;
  /** Which of the workers it hits, counted from 0. */
  worker: number;
  place: Place;
  /** `command`: which one in the layout `apart`. */
  command: 'watch' | 'start';
  /** `command`: how long one that is being started has until it is killed. */
  startingMs: number;
  /** How long until what was killed is given again. */
  restartMs: number;
  /** Whether the person gives `server start` where the server was killed. */
  startsServer: boolean;
}

export interface TrialPlan {
  seed: number;
  layout: Layout;
  /** Worker processes; 1 in the layout `together`. */
  workers: number;
  disturbances: Disturbance[];
}

const FEWEST = 3;
const MOST = 6;
const LONGEST_RESTART_MS = 5_000;
/** A command needs about two seconds to have its run started. */
const LONGEST_START_MS = 3_000;

/**
 * Everything that is left to chance in a trial.
 *
 * @param calls how many the undisturbed run makes: the disturbances are spread over them
 */
export function drawTrial(seed: number, calls: number): TrialPlan {
  const random = seededRandom('trial', seed);
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item =>
    items[Math.floor(random() * items.length)] ?? items[0];
  const layout = pick<Layout>(['together', 'apart']);
  const workers = layout === 'together' ? 1 : pick([1, 2]);
  const count = FEWEST + Math.floor(random() * (MOST - FEWEST + 1));
  const disturbances = Array.from({ length: count }, (_, index): Disturbance => {
    return {
      kind: pick(KINDS),
      atCalls: Math.floor(((index + random()) / count) * calls),
      worker: Math.floor(random() * workers),
      place: pick(PLACES),
      command: pick(['watch', 'start']),
      startingMs: Math.floor(random() * LONGEST_START_MS),
      restartMs: Math.floor(random() * LONGEST_RESTART_MS),
      startsServer: random() < 0.5,
    };
  });
  return { seed, layout, workers, disturbances: disturbances.sort((a, b) => lateness(a) - lateness(b)) };
}

/** The dataset is written when all calls are made, so that who waits for it must come last. */
function lateness({ kind, place, atCalls }: Disturbance): number {
  return kind === 'worker writing' && place === 'dataset' ? Infinity : atCalls;
}

/** What is killed. */
export interface Targets {
  /** Names of processes: `run`, `watch`, `worker 1`, `worker 2`. */
  processes: string[];
  server: boolean;
  database: boolean;
}

export function processNames({ layout, workers }: Pick<TrialPlan, 'layout' | 'workers'>): string[] {
  return layout === 'together' ? ['run'] : [...workerNames({ layout, workers }), 'watch'];
}

export function workerNames({ layout, workers }: Pick<TrialPlan, 'layout' | 'workers'>): string[] {
  return layout === 'together' ? ['run'] : Array.from({ length: workers }, (_, index) => `worker ${index + 1}`);
}

export function targetsOf(plan: Pick<TrialPlan, 'layout' | 'workers'>, disturbance: Disturbance): Targets {
  const all = workerNames(plan);
  const one = all.slice(disturbance.worker, disturbance.worker + 1);
  switch (disturbance.kind) {
    case 'worker':
      return { processes: one, server: false, database: false };
    case 'worker writing':
      // Whose file it is cannot be seen.
      return { processes: all, server: false, database: false };
    case 'server':
      return { processes: [], server: true, database: false };
    case 'worker and server':
      return { processes: one, server: true, database: false };
    case 'command':
      return { processes: commandOf(plan, disturbance), server: false, database: false };
    case 'everything':
      return { processes: processNames(plan), server: true, database: false };
    case 'database':
      return { processes: [], server: true, database: true };
  }
}

function commandOf({ layout }: Pick<TrialPlan, 'layout'>, { command }: Disturbance): string[] {
  if (layout === 'together') return ['run'];
  return command === 'watch' ? ['watch'] : [];
}
