import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

const FOLDER = new URL('./histories/', import.meta.url);

/** A recorded history, as JSON. */
export interface RecordedHistory {
  name: string;
  text: string;
}

export function readHistories(): RecordedHistory[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  const names = files.map((file) => file.replace(/\.json$/, '')).sort();
  return names.map((name) => ({
    name,
    text: readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'),
  }));
}

/** Stack traces are left out: a replay needs none, and they hold the paths of this machine. */
export function writeHistory(name: string, history: History): string {
  const full = JSON.parse(historyToJSON(history)) as unknown;
  const text = JSON.stringify(full, (key, value: unknown) => (key === 'stackTrace' ? undefined : value), 1);
  writeFileSync(fileURLToPath(new URL(`${name}.json`, FOLDER)), `${text}\n`);
  return text;
}
