import { checkConversation } from '../../../src/checks/check-conversation.js';
import { ODD_TEXTS } from '../odd-texts.js';
import { sampleReply } from '../sample-replies.js';

const TEXT = ODD_TEXTS['prose'] ?? '';
const PAIRS = [
  { question: 'How heavy is the millstone?', answer: 'The millstone weighs about 900 kilograms.' },
  { question: 'Who dug the pond?', answer: 'Two brothers from Norrick dug the pond by hand.' },
];

function nameAfter(label: string, reply: string): string {
  return new RegExp(`^(?:- )?${label}: (.+)$`, 'm').exec(reply)?.[1] ?? 'no name';
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
    expect(scenario).toContain(`In ${nameAfter('Place', scenarioPlan).replace(/\.$/, '')}, ${name}`);
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

  it('shows the occupation and the manner on the card, and no label of an axis', () => {
    expect(card).toContain('I have been a ferry pilot for half my life.');
    expect(card).toContain('\nTraits: dry humour\n');
    expect(card).not.toContain('occupation');
  });

  it.each([
    ['Occupation: astronomer at a small observatory', 'I have been an astronomer at a small observatory for'],
    ['- Occupation: The last cooper of the town', 'I have been The last cooper of the town for'],
  ])('puts "%s" into a sentence', (given, words) => {
    expect(sampleReply('write-character', 'c1.character', { text: TEXT, tags: { traits: given } }).text).toContain(
      words,
    );
  });

  it.each('ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split(''))(
    'gives a name that begins with %s where that is asked for',
    (letter) => {
      const values = { text: TEXT, tags: { traits: `Initial letter of the name: ${letter}\nHabit: hums` } };
      const planned = sampleReply('plan-character', 'c1.character-plan', { ...values, pairs: PAIRS }).text;
      expect(nameAfter('Name', planned)[0]).toBe(letter);
      expect(nameAfter('Name', sampleReply('write-character', 'c1.character', values).text)[0]).toBe(letter);
    },
  );

  it.each(['A letter nobody has: Ж', 'Initial letter of the name: Ж', ''])(
    'gives some name with the traits "%s"',
    (given) => {
      const values = { text: TEXT, pairs: PAIRS, tags: { traits: given } };
      expect(nameAfter('Name', sampleReply('plan-character', 'c1.character-plan', values).text)).toMatch(
        /^[A-Z]\w+ [A-Z]\w+$/,
      );
    },
  );

  it('takes no name that stands in the text, on the card or in the pairs', () => {
    const text = 'Mara Pell, Tobias Wren, Ines Carvalho, Oskar Seo and Dalia Haddad met at the mill.';
    const onCard = { character: 'Name: Mara Pell' };
    const pairs = [{ question: 'Who met Mara Pell?', answer: text }];
    for (let call = 1; call <= 20; call += 1) {
      const planned = sampleReply('plan-character', `c${call}.character-plan`, { text, pairs: PAIRS }).text;
      const scene = sampleReply('plan-scenario', `c${call}.scenario-plan`, { pairs, tags: onCard }).text;
      const names = [nameAfter('Name', planned), nameAfter('Second character', scene)];
      for (const part of names.flatMap((each) => each.split(' '))) expect(text).not.toContain(part);
    }
  });
});
