import { Client, Connection } from '@temporalio/client';
import { readIdentity } from '../../src/store/identity.js';
import { LocalStore } from '../../src/store/local-store.js';
import type { Site } from './site.js';

const SAMPLE_MS = 200;

/** How long the server heard nothing of the activities that the root of a run waits for. */
export class LongestSilence {
  readonly #site: Site;
  readonly #looking: Promise<number>;
  #isOver = false;

  constructor(site: Site) {
    this.#site = site;
    this.#looking = this.#look();
    // One who asks is told.
    this.#looking.catch(() => {});
  }

  /** The longest so far, in seconds; throws where an activity was lost and begun again. Ends the looking. */
  seconds(): Promise<number> {
    this.stop();
    return this.#looking;
  }

  stop(): void {
    this.#isOver = true;
  }

  async #look(): Promise<number> {
    const connection = await Connection.connect({ address: this.#site.bench.temporalAddress });
    try {
      const client = new Client({ connection });
      let longest = 0;
      for (; !this.#isOver; await new Promise((done) => setTimeout(done, SAMPLE_MS))) {
        longest = Math.max(longest, await this.#silenceNow(client));
      }
      return longest;
    } finally {
      await connection.close();
    }
  }

  async #silenceNow(client: Client): Promise<number> {
    const identity = await readIdentity(new LocalStore(this.#site.output));
    // The folder is named before the root is there.
    const root =
      identity &&
      (await client.workflow
        .getHandle(identity.run)
        .describe()
        .catch(() => undefined));
    const silences = (root?.raw.pendingActivities ?? []).map(({ attempt, lastHeartbeatTime, lastStartedTime }) => {
      if ((attempt ?? 1) > 1) throw new Error('an activity was lost, and begun again');
      const last = lastHeartbeatTime ?? lastStartedTime;
      return last ? Date.now() / 1_000 - Number(last.seconds) - (last.nanos ?? 0) / 1e9 : 0;
    });
    return Math.max(0, ...silences);
  }
}
