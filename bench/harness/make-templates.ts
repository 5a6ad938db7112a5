import type { ChunkRecord } from '../../src/records.js';
import { LocalStore } from '../../src/store/local-store.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { openSealed } from '../../src/store/sealed.js';
import type { Open } from './benchmark.js';
import { Site } from './site.js';
import { wholeRun } from './whole-run.js';

const WORK = { chunks: 8, slots: 50, latencyMs: 50 };

/** The records of a few chunks that are really done, to be copied many times. */
export async function makeTemplates(open: Open): Promise<ChunkRecord[]> {
  const site = await Site.open(await open(), WORK);
  await wholeRun(site);
  const store = new LocalStore(site.output);
  const texts = await Promise.all((await store.paths(RUN_FILES.records)).map((path) => store.read(path)));
  await site.bench.close();
  return texts.map((text) => openSealed(text ?? '') as ChunkRecord);
}
