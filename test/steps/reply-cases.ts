import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const PAIR = z.strictObject({ question: z.string(), answer: z.string() });

/** A reply as a model may write it, and the one way to read it. */
const REPLY_CASE = z.strictObject({
  name: z.string(),
  reply: z.string(),
  /** Words of the reason why it cannot be used. */
  unusable: z.string().optional(),
  verdict: z.string().optional(),
  reason: z.string().optional(),
  pair: PAIR.optional(),
  pairs: z.array(PAIR).optional(),
  /** Only the questions, where the answers are beside the point. */
  questions: z.array(z.string()).optional(),
  /** How many turns a conversation has. */
  turns: z.number().optional(),
  /** The text that is read, where it is not the reply as it stands. */
  text: z.string().optional(),
  /** The name on a character's card. */
  person: z.string().optional(),
  /** The second character of a scenario. */
  second: z.string().optional(),
  /** Who speaks in a role-play, where it is not the usual pair; an asker that the scenario leaves open is `null`. */
  answerer: z.string().optional(),
  asker: z.string().nullable().optional(),
  /** Who is found to ask. */
  askedBy: z.string().optional(),
  /** The words of the turns, where they are not those of the pairs. */
  said: z.array(z.string()).optional(),
});

export function replyCases(step: string): z.infer<typeof REPLY_CASE>[] {
  const file = new URL(`../fixtures/replies/${step}.yaml`, import.meta.url);
  return z.array(REPLY_CASE).parse(parse(readFileSync(file, 'utf8')));
}
