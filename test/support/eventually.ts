import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_INTERVAL_MS = 20;
const LOOKS = 500;

/** Looks again and again until something is there; gives up after 10 s or more. */
export async function eventually<Found>(look: () => Promise<Found | undefined> | Found | undefined): Promise<Found> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await sleep(LOOK_INTERVAL_MS);
  }
  throw new Error(`this never came about: ${look.toString()}`);
}
