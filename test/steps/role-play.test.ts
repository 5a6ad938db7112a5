import { isDeepStrictEqual } from 'node:util';
import { planCharacter } from '../../src/steps/plan-character.js';
import { planScenario } from '../../src/steps/plan-scenario.js';
import type { Parsed } from '../../src/steps/step.js';
import { writeCharacter } from '../../src/steps/write-character.js';
import { writeConversation } from '../../src/steps/write-conversation.js';
import { writeScenario } from '../../src/steps/write-scenario.js';
import { stepContext } from '../support/step-context.js';
import { replyCases } from './reply-cases.js';

type ReplyCase = ReturnType<typeof replyCases>[number];

const CONTEXT = stepContext();
const ANSWERER = 'Mara Lindholm';
const ASKER = 'Tom Reyes';
const PAIRS = [
  { question: 'How tall is the Weir tower?', answer: 'The Weir tower is 61 metres tall.' },
  {
    question: 'What did Ada Flint paint on the clock of the Weir tower?',
    answer: 'Ada Flint painted a red heron on the clock of the Weir tower.',
  },
];
const SPOKEN = PAIRS.flatMap(({ question, answer }) => [question, answer]);

/** How a step reads a reply, and what is to be read in it. */
interface Reader {
  step: string;
  read: (one: ReplyCase) => Parsed<unknown>;
  expected: (one: ReplyCase) => unknown;
}

const character = ({ answerer = ANSWERER }: ReplyCase) => ({ name: answerer, card: `Name: ${answerer}` });
const textOf = ({ text, reply }: ReplyCase) => text ?? reply;

const READERS: Reader[] = [
  {
    step: planCharacter.name,
    read: ({ reply }) => planCharacter.parse(reply, { pairs: PAIRS, conversation: 2 }, CONTEXT),
    expected: (one) => ({ plan: textOf(one), traits: 'Manner: of conversation 2' }),
  },
  {
    step: writeCharacter.name,
    read: ({ reply }) => writeCharacter.parse(reply, { plan: '', traits: '' }, CONTEXT),
    expected: (one) => ({ name: one.person, card: textOf(one) }),
  },
  {
    step: planScenario.name,
    read: (one) => planScenario.parse(one.reply, { pairs: PAIRS, character: character(one) }, CONTEXT),
    expected: textOf,
  },
  {
    step: writeScenario.name,
    read: (one) => writeScenario.parse(one.reply, { pairs: PAIRS, character: character(one), plan: '' }, CONTEXT),
    expected: ({ text, second }) => ({ text, ...(second !== undefined && { secondCharacter: second }) }),
  },
  { step: writeConversation.name, read: readConversation, expected: expectedConversation },
];

function readConversation(one: ReplyCase): Parsed<unknown> {
  const { reply, asker = ASKER } = one;
  const scenario = { text: '', ...(asker !== null && { secondCharacter: asker }) };
  return writeConversation.parse(reply, { pairs: PAIRS, character: character(one), scenario, plan: '' }, CONTEXT);
}

function expectedConversation({ answerer = ANSWERER, asker, askedBy, said = SPOKEN, turns }: ReplyCase): unknown {
  const speakers = [answerer, askedBy ?? asker ?? ASKER];
  const first = said.length % 2 === 0 ? 1 : 0;
  expect(said).toHaveLength(turns ?? 0);
  return { answerer, turns: said.map((text, at) => ({ speaker: speakers[(first + at) % 2], text })) };
}

const COUNTS: Record<string, { read: number; unusable: number }> = {
  'plan-character': { read: 28, unusable: 20 },
  'write-character': { read: 34, unusable: 22 },
  'plan-scenario': { read: 25, unusable: 16 },
  'write-scenario': { read: 35, unusable: 27 },
  'write-conversation': { read: 29, unusable: 25 },
};

/** How many replies are read, refused, and read against what is to be read. */
function countReadings({ step, read, expected }: Reader): { read: number; unusable: number; wrong: number } {
  const counts = { read: 0, unusable: 0, wrong: 0 };
  for (const one of replyCases(step)) {
    const parsed = read(one);
    if (!parsed.ok) counts.unusable += 1;
    else if (one.unusable === undefined && isDeepStrictEqual(parsed.value, expected(one))) counts.read += 1;
    else counts.wrong += 1;
  }
  return counts;
}

describe.each(READERS)('$step', (reader) => {
  const { step, read, expected } = reader;
  const cases = replyCases(step);

  it('reads many replies, refuses the unclear ones, and reads none wrongly', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect({ [step]: countReadings(reader) }).toEqual({ [step]: { ...COUNTS[step], wrong: 0 } });
  });

  it.each(cases.filter(({ unusable }) => unusable === undefined))('reads: $name', (one) => {
    expect(read(one)).toEqual({ ok: true, value: expected(one) });
  });

  it.each(cases.filter(({ unusable }) => unusable !== undefined))('refuses: $name', (one) => {
    expect(read(one)).toEqual({ ok: false, reason: expect.stringContaining(one.unusable ?? '') });
  });
});
