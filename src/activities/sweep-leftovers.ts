import { RUN_FILES } from '../store/run-files.js';
import type { Store } from '../store/store.js';

/** No file is in the making for so long: a writer appends again and again. */
const LEFT_AFTER_MS = 3_600_000;
/** Of earlier plans: a call that an ended run left in flight may still look at the last ones. */
const KEPT_PLANS = 3;

/**
 * Removes what nobody can need any more: files in the making whose writer was killed, and plans and manifests of earlier
 * runs in this folder. Workers' leases stay: they are small, and each says what its worker did.
 */
export async function sweepLeftovers(store: Store, currentPlan: string): Promise<void> {
  await store.sweep(LEFT_AFTER_MS);
  const plans = await store.list(RUN_FILES.plans);
  const earlier = plans.filter(({ path }) => path !== RUN_FILES.plan(currentPlan));
  const old = earlier.toSorted((a, b) => b.modifiedAt - a.modifiedAt).slice(KEPT_PLANS);
  for (const { path } of old) {
    const fingerprint = path.slice(RUN_FILES.plans.length + 1, -'.json'.length);
    // The plan last: as long as it is there, its manifest is found again.
    for (const page of await store.paths(RUN_FILES.manifest(fingerprint))) await store.remove(page);
    await store.remove(path);
  }
}
