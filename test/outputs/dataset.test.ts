import { readdir } from 'node:fs/promises';
import type { RecordedChunk } from '../../src/outputs/dataset.js';
import { DATASET_FILES, writeDatasetFiles } from '../../src/outputs/dataset.js';
import type { ChunkRecord } from '../../src/records.js';
import { LocalStore } from '../../src/store/local-store.js';
import type { StoreWriter } from '../../src/store/store.js';
import { readComparable, readJson, readJsonLines } from '../support/dataset.js';
import {
  droppedConversation,
  SAMPLE_CHUNK,
  sampleConversation,
  sampleQuestion,
  sampleRecord,
} from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();
const SYSTEM = 'You are a helpful assistant.';

function chunkId(ordinal: number): string {
  return `canals-0a1b2c-${String(ordinal).padStart(5, '0')}-89abcdef`;
}

function recorded(ordinal: number, rest: Partial<ChunkRecord> = {}): RecordedChunk {
  const chunk = chunkId(ordinal);
  return {
    chunk,
    done: { record: sampleRecord({ chunk, ...rest }), text: SAMPLE_CHUNK.text, textname: 'Canals' },
  };
}

async function* inOrder(...chunks: (RecordedChunk | Error)[]): AsyncIterable<RecordedChunk> {
  for (const chunk of chunks) {
    if (chunk instanceof Error) throw chunk;
    yield chunk;
  }
}

function write(store: LocalStore, ...chunks: (RecordedChunk | Error)[]) {
  return writeDatasetFiles(store, inOrder(...chunks), SYSTEM);
}

describe('the files of a dataset', () => {
  it('are just these bytes for one conversation', async () => {
    const store = new LocalStore(await newFolder());
    const conversation = {
      ...sampleConversation(1, [1]),
      conversation: {
        answerer: 'AI Assistant',
        turns: [
          { speaker: 'AI Assistant', text: 'Grüß Gott!' },
          { speaker: 'User', text: 'Why “upstream”?' },
          { speaker: 'AI Assistant', text: 'The water\nholds them – 東.' },
        ],
      },
    };
    const tuple = String.raw`["How many pairs of gates has a lock?","A lock has two pairs of gates.","Die Schleuse – “lock” in English – has two pairs of gates.\nThey point upstream, so that the water holds them shut."]`;
    const rest = String.raw`"AI Assistant","N/A",[${tuple}],{"scenario":"N/A","source":"Canals","chunk":"canals-0a1b2c-00001-89abcdef","id":"canals-0a1b2c-00001-89abcdef/c1"}]`;
    await write(store, recorded(1, { conversations: [conversation] }));
    expect(await readComparable(store.location)).toEqual({
      'simplified_data.jsonl':
        String.raw`{"conversations":[{"from":"system","value":"You are a helpful assistant."},{"from":"gpt","value":"Grüß Gott!"},{"from":"human","value":"Why “upstream”?"},{"from":"gpt","value":"The water\nholds them – 東."}]}` +
        '\n',
      'messages.jsonl':
        String.raw`{"messages":[{"role":"system","content":"You are a helpful assistant."},{"role":"user","content":"Why “upstream”?"},{"role":"assistant","content":"The water\nholds them – 東."}]}` +
        '\n',
      'master_list.jsonl':
        String.raw`["AI Assistant: Grüß Gott!\nUser: Why “upstream”?\nAI Assistant: The water\nholds them – 東.",${rest}` +
        '\n',
      'processed_masterlist.json':
        '[\n' +
        String.raw`[["AI Assistant: Grüß Gott!","User: Why “upstream”?","AI Assistant: The water\nholds them – 東."],${rest}` +
        '\n]\n',
      'rejected.jsonl': '',
    });
  });

  it('are valid where there is nothing', async () => {
    const store = new LocalStore(await newFolder());
    const result = await write(store);
    expect(result).toMatchObject({ rows: 0, dropped: 0, totals: { calls: 0 } });
    expect(await readJson(store.location, DATASET_FILES.processed)).toEqual([]);
    const { processed: _array, ...lines } = DATASET_FILES;
    for (const file of Object.values(lines)) expect(await readJsonLines(store.location, file)).toEqual([]);
  });

  it('have the chunks in the order given, each with its rows, and count them', async () => {
    const store = new LocalStore(await newFolder());
    const result = await write(
      store,
      recorded(1, { conversations: [sampleConversation(1, [1, 2]), sampleConversation(2, [2, 1])] }),
      { chunk: chunkId(2) },
      recorded(3, {
        state: 'rejected',
        step: 'judge-paragraph',
        reason: 'x',
        questions: [],
        pairs: [],
        conversations: [],
      }),
      recorded(4, {
        questions: [sampleQuestion(1), sampleQuestion(2), sampleQuestion(3, { state: 'failed' })],
        conversations: [droppedConversation(1, { state: 'failed', reason: 'refused' }), sampleConversation(2, [2, 1])],
      }),
      { chunk: chunkId(5) },
    );
    const rowIds = [`${chunkId(1)}/c1`, `${chunkId(1)}/c2`, `${chunkId(4)}/c2`];
    const master = await readJsonLines<[string, string, string, unknown, { id: string }]>(
      store.location,
      DATASET_FILES.master,
    );
    const processed = await readJson<typeof master>(store.location, DATASET_FILES.processed);
    expect(master.map((row) => row[4].id)).toEqual(rowIds);
    expect(processed.map((row) => row[4].id)).toEqual(rowIds);
    expect(await readJsonLines(store.location, DATASET_FILES.shareGpt)).toHaveLength(3);
    expect(await readJsonLines(store.location, DATASET_FILES.messages)).toHaveLength(3);
    const rejected = await readJsonLines<{ id: string; state: string }>(store.location, DATASET_FILES.rejected);
    expect(rejected.map(({ id, state }) => [id, state])).toEqual([
      [chunkId(2), 'not run'],
      [chunkId(3), 'rejected'],
      [`${chunkId(4)}/q3`, 'failed'],
      [`${chunkId(4)}/c1`, 'failed'],
      [chunkId(5), 'not run'],
    ]);
    expect(result).toMatchObject({ rows: 3, dropped: 5, totals: { calls: 27, prompt: 27_000 } });
    expect(result.funnel.chunks).toEqual({ in: 5, accepted: 2, rejected: 1, failed: 0, notRun: 2 });
    expect(result.funnel.conversations).toEqual({ in: 4, accepted: 3, rejected: 0, failed: 1, notRun: 0 });
  });

  it('are the same bytes when they are written again', async () => {
    const store = new LocalStore(await newFolder());
    await write(store, recorded(1), { chunk: chunkId(2) }, recorded(3));
    const first = await readComparable(store.location);
    await write(store, recorded(1), { chunk: chunkId(2) }, recorded(3));
    expect(await readComparable(store.location)).toEqual(first);
  });

  it('hold letters as they are, and each row on one line', async () => {
    const store = new LocalStore(await newFolder());
    await write(store, recorded(1, { state: 'failed', step: 'x', reason: 'Größe\u0085\n東京 👩 "\\' }));
    for (const text of Object.values(await readComparable(store.location))) {
      expect(text).not.toMatch(/\\u(?!00[01])/i);
      expect(text).not.toContain('\r');
    }
    expect((await readJsonLines<{ reason: string }>(store.location, DATASET_FILES.rejected))[0]?.reason).toBe(
      'Größe\u0085\n東京 👩 "\\',
    );
  });
});

describe('when writing fails', () => {
  it('in the middle, the files stay as they were', async () => {
    const store = new LocalStore(await newFolder());
    await write(store, recorded(1));
    const before = await readComparable(store.location);
    await expect(write(store, recorded(2), recorded(3), new Error('the disk is gone'))).rejects.toThrow(
      'the disk is gone',
    );
    expect(await readComparable(store.location)).toEqual(before);
    expect((await readdir(store.location)).sort()).toEqual(Object.values(DATASET_FILES).sort());
  });

  it('at first, nothing is left', async () => {
    const store = new LocalStore(await newFolder());
    await expect(write(store, recorded(1), new Error('the disk is gone'))).rejects.toThrow('the disk is gone');
    expect(await readdir(store.location)).toEqual([]);
  });

  it('at the very end, no file in the making is left', async () => {
    const store = new BrokenStore(await newFolder());
    await expect(write(store, recorded(1))).rejects.toThrow('the disk is full');
    expect((await readdir(store.location)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

/** A store in which the third file cannot be finished. */
class BrokenStore extends LocalStore {
  #closed = 0;

  override async writer(path: string): Promise<StoreWriter> {
    const writer = await super.writer(path);
    const close = async () => {
      this.#closed += 1;
      if (this.#closed < 3) return writer.close();
      await writer.discard();
      throw new Error('the disk is full');
    };
    return { ...writer, close };
  }
}
