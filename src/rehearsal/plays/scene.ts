import type { Draw } from '../draw.js';
import type { ProfileRates } from '../profiles.js';
import type { RequestFields } from '../read-request.js';

/** What a play is played from: the values in the prompt, the call's own draws, and how often to err. */
export interface Scene {
  fields: RequestFields;
  /** The call's id inside its chunk, as in `q2.v3.regenerate`; empty where the request has none. */
  callId: string;
  draw: Draw;
  rates: ProfileRates;
}

export type Play = (scene: Scene) => string;
