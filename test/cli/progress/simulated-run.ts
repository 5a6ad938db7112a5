import type { Look } from '../../../src/cli/progress/time-left.js';
import { seededRandom } from '../../../src/random.js';

export interface SimulatedRun {
  chunks: number;
  /** Part of the chunks that the judge takes. */
  worthy: number;
  slots: number;
  seed: number;
  /** Seconds of a pause in the middle. */
  pause?: number;
  /** In the middle, calls begin to take so many times as long. */
  slowdown?: number;
}

interface OpenChunk {
  stages: number[];
  calls: number;
  /** Calls of the present stage without an answer. */
  awaited: number;
  isWorthy: boolean;
}

const TICKS_A_SECOND = 10;
const LATENCY_S = 1.5;
const LEASE_S = 5;

/** A run played call by call: what a look sees each second, and how long the run then still took (without pauses). */
export function simulateRun(options: SimulatedRun): { look: Look; left: number }[] {
  const { chunks, worthy, slots, seed, pause = 0, slowdown = 1 } = options;
  const random = seededRandom(seed);
  const window = Math.min(500, Math.max(20, slots * 2));
  const finishing = new Map<number, OpenChunk[]>();
  const open = new Set<OpenChunk>();
  const queue: OpenChunk[] = [];
  const looks: { look: Look; active: number }[] = [];
  let [begun, closed, worthyClosed, closedCalls, answered, told, inFlight, active] = [0, 0, 0, 0, 0, 0, 0, 0];
  let pausedUntil = -1;
  let hasPaused = pause === 0;

  const issue = (chunk: OpenChunk) => {
    const next = chunk.stages.shift();
    if (next === undefined) {
      open.delete(chunk);
      closed += 1;
      closedCalls += chunk.calls;
      if (chunk.isWorthy) worthyClosed += 1;
      return;
    }
    chunk.awaited = next;
    for (let call = 0; call < next; call += 1) queue.push(chunk);
  };
  for (let tick = 0; closed < chunks; tick += 1) {
    const isHalf = closed >= chunks / 2;
    if (!hasPaused && isHalf) {
      hasPaused = true;
      pausedUntil = tick + pause * TICKS_A_SECOND;
    }
    const isPaused = tick < pausedUntil;
    if (!isPaused) active += 1;
    for (const chunk of finishing.get(tick) ?? []) {
      inFlight -= 1;
      answered += 1;
      chunk.calls += 1;
      chunk.awaited -= 1;
      if (chunk.awaited === 0) issue(chunk);
    }
    finishing.delete(tick);
    while (!isPaused && open.size < window && begun < chunks) {
      begun += 1;
      const isWorthy = random() < worthy;
      const chunk = { stages: isWorthy ? drawStages(random) : [1], calls: 0, awaited: 0, isWorthy };
      open.add(chunk);
      issue(chunk);
    }
    while (!isPaused && inFlight < slots && queue.length > 0) {
      const chunk = queue.shift() as OpenChunk;
      const seconds = LATENCY_S * (0.5 + random()) * (isHalf ? slowdown : 1);
      const end = tick + Math.max(1, Math.round(seconds * TICKS_A_SECOND));
      finishing.set(end, [...(finishing.get(end) ?? []), chunk]);
      inFlight += 1;
    }
    if (tick % (LEASE_S * TICKS_A_SECOND) === 0) told = answered;
    if (tick % TICKS_A_SECOND !== 0) continue;
    const openCalls = [...open].slice(0, 120).map(({ calls }) => calls);
    const work = { chunks, closed, worthy: worthyClosed, closedCalls, open: open.size, openCalls };
    const answeredBy = new Map([['a', told]]);
    looks.push({ active, look: { at: tick / TICKS_A_SECOND, work, answeredBy, inFlight, isWaiting: isPaused } });
  }
  return looks.map(({ look, active: at }) => ({ look, left: (active - at) / TICKS_A_SECOND }));
}

/** Calls at once, stage by stage: questions, three checks with regenerated questions now and then, revision, conversations. */
function drawStages(random: () => number): number[] {
  const questions = 2 + Math.floor(random() * 4);
  const checks = [0, 1, 2].flatMap(() => (random() < 0.4 ? [questions * 2, 1] : [questions * 2]));
  const again = random() < 0.3 ? [1, 2, 2, 2] : [];
  return [1, 1, ...checks, ...again, questions, 3, ...(random() < 0.2 ? [1] : [])];
}
