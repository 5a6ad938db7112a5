import { adaptive } from './adaptive.js';
import { adaptiveHalved } from './adaptive-halved.js';
import { again } from './again.js';
import { aggregate } from './aggregate.js';
import { busy } from './busy.js';
import { capacity } from './capacity.js';
import { estimate } from './estimate.js';
import { firstCall } from './first-call.js';
import { flat } from './flat.js';
import type { Benchmark } from './harness/benchmark.js';
import { history } from './history.js';
import { ingest } from './ingest.js';
import { makespan } from './makespan.js';
import { makespanJitter } from './makespan-jitter.js';
import { makespanMixed } from './makespan-mixed.js';
import { noStorm } from './no-storm.js';
import { rates } from './rates.js';
import { restart } from './restart.js';
import { tokens } from './tokens.js';
import { twoWorkers } from './two-workers.js';

/** All benchmarks, in the order in which they run. */
export const BENCHMARKS: readonly Benchmark[] = [
  makespan,
  makespanJitter,
  makespanMixed,
  busy,
  capacity,
  history,
  tokens,
  estimate,
  firstCall,
  twoWorkers,
  flat,
  again,
  aggregate,
  ingest,
  restart,
  rates,
  adaptive,
  adaptiveHalved,
  noStorm,
];
