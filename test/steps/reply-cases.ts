import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Pair } from '../../src/records.js';

/** A reply as a model may write it, and the one way to read it. */
export interface ReplyCase {
  name: string;
  reply: string;
  /** Words of the reason, where it cannot be used. */
  unusable?: string;
  verdict?: string;
  reason?: string;
  pair?: Pair;
  pairs?: Pair[];
  /** How many turns a conversation has. */
  turns?: number;
  /** Only the questions, where the answers are beside the point. */
  questions?: string[];
}

export function replyCases(step: string): ReplyCase[] {
  const file = new URL(`../fixtures/replies/${step}.yaml`, import.meta.url);
  return parse(readFileSync(file, 'utf8')) as ReplyCase[];
}
