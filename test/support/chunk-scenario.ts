import type { AskedCall } from '../../src/activities/asked-call.js';
import { callId, chunkWorkflowId, retryItemOf, voteItem } from '../../src/ids.js';
import type { CheckName, ChunkRecord, Conversation, Pair } from '../../src/records.js';
import type { ChunkResult, ItemRounds, PipelineSettings } from '../../src/run-context.js';
import type { processChunk, ProcessChunkInput } from '../../src/workflows/process-chunk.js';
import { ASSISTANT_SPEAKERS } from '../../src/steps/write-assistant-conversation.js';
import type { WriteConversationInput } from '../../src/steps/write-conversation.js';
import type { ScriptedReply } from './scripted-model.js';
import { FINGERPRINT, ScriptedRun, SETTINGS } from './scripted-run.js';
import type { WorkflowHost } from './workflow-host.js';
import { LONGEST_WORKFLOW } from './workflow-host.js';

export const CHUNK = 'harbour-1a2b3c-00001-0badcafe';

/** What a scenario's chunk speaks of, unless it says otherwise. */
export const PAIRS: readonly Pair[] = [
  { question: 'Who winds the harbour clock at Port Ellery?', answer: 'The pilot on night watch winds it.' },
  { question: 'How many steps lead up to the signal mast?', answer: 'There are 84 steps.' },
  { question: 'What is kept in the tar shed?', answer: 'Rope, oakum and spare blocks are kept there.' },
  { question: 'When does the ferry stop running?', answer: 'It stops when the north wind passes force seven.' },
];

const VERDICTS: Record<CheckName, { yes: string; no: string }> = {
  question: { yes: 'relevant', no: 'irrelevant' },
  relevancy: { yes: 'relevant', no: 'irrelevant' },
  accuracy: { yes: 'accurate', no: 'inaccurate' },
};
const CHECKS = Object.keys(VERDICTS) as CheckName[];
const VOTE = /\.(question|relevancy|accuracy)\.\d+(@\d+)?(\.[a-z])?$/;

/** How a chunk's workflow went. */
export interface ChunkStory {
  record: ChunkRecord;
  result: ChunkResult;
  /** Ids of all calls made, sorted. */
  calls: string[];
  /** What a call was asked with. */
  asked: (call: string) => AskedCall;
}

/** One chunk with a model that agrees to everything, but for what the scenario says. Calls go by their ids. */
export function chunkScenario(settings: Partial<PipelineSettings> = {}, name?: string): ChunkScenario {
  return new ChunkScenario({ ...SETTINGS, ...settings }, name);
}

export class ChunkScenario {
  readonly run: ScriptedRun;
  readonly #settings: PipelineSettings;
  /** Must be asked. */
  readonly #said = new Map<string, ScriptedReply>();
  /** May be asked. */
  readonly #assumed = new Map<string, ScriptedReply>();
  #pairs: readonly Pair[] = PAIRS;
  #rounds: ItemRounds = {};

  constructor(settings: PipelineSettings, name?: string) {
    this.#settings = settings;
    this.run = new ScriptedRun([[CHUNK]], name);
  }

  /** Said first: the model then agrees in these rounds, and knows no others of these items. */
  retry(rounds: ItemRounds): this {
    this.#rounds = rounds;
    return this;
  }

  judge(verdict: 'suitable' | 'unsuitable', reason: string, call = 'judge'): this {
    return this.#usable(call, { verdict, reason });
  }

  questions(count: number): this {
    return this.pairs(PAIRS.slice(0, count));
  }

  pairs(pairs: readonly Pair[]): this {
    this.#pairs = pairs;
    return this;
  }

  vote(call: string, vote: 'yes' | 'no', reason: string): this {
    const words = VERDICTS[VOTE.exec(call)?.[1] as CheckName];
    return this.#usable(call, { verdict: words[vote], reason });
  }

  /** A new version of a question. Its votes are all yes, but for what else is said of them. */
  regenerate(question: number, version: number, pair: Pair, call = `q${question}.v${version}.regenerate`): this {
    this.#assumeVotes(question, version);
    return this.#usable(call, pair);
  }

  reword(call: string, pair: Pair): this {
    return this.#usable(call, { verdict: 'reword', reason: 'leaned on the text', pair });
  }

  drop(call: string, reason: string): this {
    return this.#usable(call, { verdict: 'fail', reason });
  }

  unusable(call: string, reason: string, answer = 'I would rather talk about ships.'): this {
    return this.#say(call, { kind: 'unusable', reason, answer });
  }

  refuse(call: string, reason: string): this {
    return this.#say(call, { kind: 'refused', reason });
  }

  /** Something no parser would return. */
  garble(call: string): this {
    return this.#usable(call, null);
  }

  /** Runs the chunk's workflow to its end. Everything that the scenario says must have been asked. */
  async play(host: WorkflowHost): Promise<ChunkStory> {
    const { run } = this;
    const handle = await this.start(host);
    const result = await handle.result();
    const calls = run.model.calls.map(({ call }) => call).sort();
    const unasked = [...this.#said.keys()].filter((call) => !calls.includes(call));
    if (unasked.length > 0) throw new Error(`never asked: ${unasked.join(', ')}`);
    const asked = (id: string) => {
      const found = run.model.calls.find(({ call }) => call === id);
      if (found === undefined) throw new Error(`${id} was not asked`);
      return found;
    };
    return { record: run.record(CHUNK), result, calls, asked };
  }

  /** Starts the chunk's workflow. */
  async start(host: WorkflowHost) {
    const { run } = this;
    this.#assumeAgreement();
    for (const [call, reply] of [...this.#assumed, ...this.#said]) run.model.script(`${CHUNK}/${call}`, reply);
    host.serve(run);
    const input: ProcessChunkInput = {
      context: run.context(host.queues, this.#settings),
      fingerprint: FINGERPRINT,
      ...(Object.keys(this.#rounds).length > 0 && { rounds: this.#rounds }),
    };
    return host.client.workflow.start<typeof processChunk>('processChunk', {
      workflowId: chunkWorkflowId(run.name, CHUNK),
      taskQueue: host.queues.workflows,
      args: [input],
      workflowExecutionTimeout: LONGEST_WORKFLOW,
    });
  }

  /** First calls only: nothing is asked again where all agree. */
  #assumeAgreement(): void {
    this.#assume('judge', () => ({ verdict: 'suitable', reason: 'full of facts' }));
    this.#assume('generate', () => this.#pairs);
    for (const number of this.#pairs.keys()) {
      this.#assumeVotes(number + 1, 1);
      this.#assume(`q${number + 1}.revise`, () => ({ verdict: 'pass', reason: 'stands alone' }));
    }
    for (let number = 1; number <= this.#settings.rearrangements; number += 1) {
      this.#assume(`c${number}.conversation`, this.#settings.assistantMode ? talk : rolePlay);
      for (const [part, value] of Object.entries(sceneParts(number))) this.#assume(`c${number}.${part}`, () => value);
    }
  }

  #assumeVotes(question: number, version: number): void {
    for (const check of CHECKS) {
      for (let place = 1; place <= this.#settings.doubleCheckCounter; place += 1) {
        const verdict = VERDICTS[check].yes;
        this.#assume(voteItem(question, version, check, place), () => ({ verdict, reason: 'fits' }));
      }
    }
  }

  #assume(item: string, value: (input: AskedCall) => unknown): void {
    this.#assumed.set(callId(item, 1, this.#rounds[retryItemOf(item)]), { kind: 'usable', value });
  }

  #usable(call: string, value: unknown): this {
    return this.#say(call, { kind: 'usable', value: () => value });
  }

  #say(call: string, reply: ScriptedReply): this {
    this.#said.set(call, reply);
    return this;
  }
}

/** What is invented for conversation `number`, by the item's name in its call id. */
export function sceneParts(number: number) {
  return {
    'character-plan': { plan: `Somebody who knows the harbour, ${number}.`, traits: `Occupation: pilot ${number}` },
    character: { name: `Mara ${number}`, card: `Name: Mara ${number}\nBackstory: twenty years of night watches.` },
    'scenario-plan': `On the quay, plan ${number}.`,
    scenario: { text: `The quay at dusk, ${number}.`, secondCharacter: `Tom ${number}` },
  };
}

/** The same among the invented ones. */
function rolePlay({ input }: Pick<AskedCall, 'input'>): Conversation {
  const { character, scenario } = input as WriteConversationInput;
  const { turns } = talk({ input });
  const names = new Map([
    [ASSISTANT_SPEAKERS.answerer, character.name],
    [ASSISTANT_SPEAKERS.asker, scenario.secondCharacter ?? ''],
  ]);
  return {
    answerer: character.name,
    turns: turns.map(({ speaker, text }) => ({ speaker: names.get(speaker) ?? speaker, text })),
  };
}

/** The conversation a good model writes out of the pairs it is given. */
function talk({ input }: Pick<AskedCall, 'input'>): Conversation {
  const { pairs } = input as { pairs: Pair[] };
  const turns = pairs.flatMap(({ question, answer }) => [
    { speaker: ASSISTANT_SPEAKERS.asker, text: question },
    { speaker: ASSISTANT_SPEAKERS.answerer, text: answer },
  ]);
  return { answerer: ASSISTANT_SPEAKERS.answerer, turns };
}
