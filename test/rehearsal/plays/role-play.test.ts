import { checkConversation } from '../../../src/checks/check-conversation.js';
import { ODD_TEXTS } from '../odd-texts.js';
import { sampleReply } from '../sample-replies.js';

const TEXT = ODD_TEXTS['prose'] ?? '';
const PAIRS = [
  { question: 'How heavy is the millstone?', answer: 'The millstone weighs about 900 kilograms.' },
  { question: 'Who dug the pond?', answer: 'Two brothers from Norrick dug the pond by hand.' },
];

function nameAfter(label: string, reply: string): string {
  return new RegExp(`^${label}: (.+)$`, 'm').exec(reply)?.[1] ?? 'no name';
}

describe('role-play', () => {
  const traits = 'occupation: ferry pilot\nmanner: dry humour';
  const plan = sampleReply('plan-character', 'c1.plan-character', { text: TEXT, pairs: PAIRS, tags: { traits } }).text;
  const card = sampleReply('write-character', 'c1.character', { text: TEXT, tags: { plan, traits } }).text;
  const name = nameAfter('Name', card);
  const tags = { character: card };
  const scenarioPlan = sampleReply('plan-scenario', 'c1.plan-scenario', { pairs: PAIRS, tags }).text;
  const scenario = sampleReply('write-scenario', 'c1.scenario', {
    pairs: PAIRS,
    tags: { ...tags, plan: scenarioPlan },
  }).text;
  const second = nameAfter('Second character', scenario);

  it('plans with the traits, and keeps the planned name on the card', () => {
    expect(plan).toContain('ferry pilot');
    expect(name).toBe(nameAfter('Name', plan));
    expect(card).toContain("What's your backstory?");
  });

  it('ends the scenario with a second character, another one than the first, as planned', () => {
    expect(scenario.trimEnd().split('\n').at(-1)).toBe(`Second character: ${second}`);
    expect(second).toBe(nameAfter('Second character', scenarioPlan));
    expect(second).not.toBe(name);
  });

  it('lets the two of them speak, in a conversation that passes the mechanical checks', () => {
    for (let call = 1; call <= 20; call += 1) {
      const values = { pairs: PAIRS, tags: { character: card, scenario } };
      const reply = sampleReply('write-conversation', `c${call}.conversation`, values).text;
      const expected = { answerer: name, asker: second, pairs: PAIRS, forbidSourceTalk: false };
      expect(checkConversation(reply, expected)).toMatchObject({ ok: true });
    }
  });

  it('takes no name that stands in the text', () => {
    const names = 'Mara Lindholm, Tobias Wren, Ines Carvalho, Oskar Pell and Dalia Haddad met at the mill.';
    for (let call = 1; call <= 20; call += 1) {
      const reply = sampleReply('plan-character', `c${call}.plan-character`, { text: names, pairs: PAIRS }).text;
      expect(names).not.toContain(nameAfter('Name', reply));
    }
  });
});
