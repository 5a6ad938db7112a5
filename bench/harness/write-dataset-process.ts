import type { WriteDatasetInput, WriteDatasetResult } from '../../src/activities/contract.js';
import { RunReader } from '../../src/planning/run-reader.js';
import { createWriteDataset } from '../../src/activities/write-dataset.js';
import { keepHeapsSmall } from '../../src/heap.js';
import { LocalStore } from '../../src/store/local-store.js';
import { newAttempt } from '../../test/support/attempt.js';

/** Writes the dataset of an output folder, and says on stdout what that took: `write-dataset-process.ts OUTPUT PLAN BATCHES`. */

const KIBIBYTES_PER_MB = 1_000 / 1.024;
const LOOK_MS = 10;

keepHeapsSmall();
const [output = '', plan = '', batches = ''] = process.argv.slice(2);
const store = new LocalStore(output);
const writeDataset = createWriteDataset({ store, reader: new RunReader(store) });

let longestTurnMs = 0;
let turnedAt = performance.now();
const looking = setInterval(() => {
  const now = performance.now();
  longestTurnMs = Math.max(longestTurnMs, now - turnedAt);
  turnedAt = now;
}, LOOK_MS);

const startedAt = performance.now();
const { rows } = await newAttempt().run<[WriteDatasetInput], WriteDatasetResult, typeof writeDataset>(writeDataset, {
  plan,
  batches: Number(batches),
});
const seconds = (performance.now() - startedAt) / 1_000;
clearInterval(looking);
const peakMemoryMb = process.resourceUsage().maxRSS / KIBIBYTES_PER_MB;
process.stdout.write(`${JSON.stringify({ rows, seconds, peakMemoryMb, longestTurnMs })}\n`);
