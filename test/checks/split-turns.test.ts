import { splitTurns } from '../../src/checks/split-turns.js';

const SPEAKERS = ['AI Assistant', 'User'];

function turnsOf(reply: string): string[] {
  const turns = splitTurns(reply, SPEAKERS);
  return turns.ok ? turns.value.map(({ speaker, text }) => `${speaker}|${text}`) : [turns.reason];
}

describe('splitTurns', () => {
  it.each([
    ['plain', 'User: Hi\nAI Assistant: Hello'],
    ['Windows line ends', 'User: Hi\r\nAI Assistant: Hello\r\n'],
    ['bold with the colon inside', '**User:** Hi\n\n**AI Assistant:** Hello'],
    ['bold with the colon outside', '**User**: Hi\n**AI Assistant** : Hello'],
    ['quoted labels', '"User": Hi\n"AI Assistant": Hello'],
    ['block quote', '> User: Hi\n> AI Assistant: Hello'],
    ['another letter case', 'USER: Hi\nAI assistant: Hello'],
    ['full-width colon', 'User：Hi\nAI Assistant：Hello'],
    ['text on the next line', 'User:\nHi\n\nAI Assistant:\nHello'],
    ['a heading first', '## Conversation that answers the provided questions:\n\nUser: Hi\nAI Assistant: Hello'],
    ['a bold title first', '**Conversation**\nUser: Hi\nAI Assistant: Hello'],
    ['a rule last', 'User: Hi\nAI Assistant: Hello\n\n---'],
    ['all in a fence', '```text\nUser: Hi\nAI Assistant: Hello\n```'],
  ])('reads two turns: %s', (_, reply) => {
    expect(turnsOf(reply)).toEqual(['User|Hi', 'AI Assistant|Hello']);
  });

  it('keeps paragraphs, lists and colons within a turn', () => {
    expect(turnsOf('User: Steps?\nAI Assistant: These:\n\n1. Mix: gently\n2. Bake\n\nEnjoy: now!')).toEqual([
      'User|Steps?',
      'AI Assistant|These:\n\n1. Mix: gently\n2. Bake\n\nEnjoy: now!',
    ]);
  });

  it('begins no turn within a code block', () => {
    const reply = 'User: How?\nAI Assistant: Write this:\n```yaml\nuser: root\n```\nThat is all.';
    expect(turnsOf(reply)).toEqual(['User|How?', 'AI Assistant|Write this:\n```yaml\nuser: root\n```\nThat is all.']);
  });

  it('takes a speaker whose name holds signs of a pattern', () => {
    const turns = splitTurns('Dr. (Old) Finn: Well?\nKit: Sir?', ['Dr. (Old) Finn', 'Kit']);
    expect(turns.ok && turns.value.map(({ speaker }) => speaker)).toEqual(['Dr. (Old) Finn', 'Kit']);
  });

  it.each([
    ['first names', 'Tom: Hi\nElara: Hello'],
    ['surnames', 'Reyes: Hi\nVoss: Hello'],
    ['titles', 'Mr. Reyes: Hi\nDr. Voss: Hello'],
    ['no title', 'Tom Reyes: Hi\nElara Voss: Hello'],
    ['how it is said', 'Tom (softly): Hi\n**Elara** [laughing]: Hello'],
    ['how it is said, in bold and italics', '**Tom Reyes (softly):** Hi\nElara *laughing*: Hello'],
    ['nicknames', 'Tom "Stairs" Reyes: Hi\nElara ‘Bells’ Voss: Hello'],
    ['headings', '### Tom Reyes:\nHi\n### Dr. Elara Voss:\nHello'],
    ['a scene between asterisks', '*Dusk.*\n(They sit.)\n[A bell.]\nTom: Hi\nElara: Hello'],
  ])('understands who speaks: %s', (_, reply) => {
    const turns = splitTurns(reply, ['Dr. Elara Voss', 'Tom Reyes']);
    expect(turns).toEqual({
      ok: true,
      value: [
        { speaker: 'Tom Reyes', text: 'Hi' },
        { speaker: 'Dr. Elara Voss', text: 'Hello' },
      ],
    });
  });

  it.each([
    ['a title alone', 'Doctor: she mends bells'],
    ['a name in small letters', 'elara: a kind of bell'],
    ['a name that is addressed', 'Elara, look: a bell'],
    ['a longer name', 'Elara Voss Street: a road'],
    ['part of a word', 'Elaran: a bell'],
  ])('begins no turn with %s', (_, line) => {
    const turns = splitTurns(`Tom Reyes: Hi\n${line}`, ['Dr. Elara Voss', 'Tom Reyes']);
    expect(turns).toEqual({ ok: true, value: [{ speaker: 'Tom Reyes', text: `Hi\n${line}` }] });
  });

  it.each([
    ['a first name of both', ['Mara Lindholm', 'Mara Berg'], 'Mara'],
    ['a first name that is the other one’s surname', ['Ann Lee', 'Lee Park'], 'Lee'],
  ])('refuses %s', (_, speakers, label) => {
    const [first = '', second = ''] = speakers;
    expect(splitTurns(`${first}: Hi\n${label}: Hello`, speakers)).toEqual({
      ok: false,
      reason: `"${label}: Hello" may be said by ${first} or ${second}: begin every turn with a full name.`,
    });
  });

  it('takes a name as it is, though the other one begins with it', () => {
    const turns = splitTurns('Mara: Hi\nMara Berg: Hello', ['Mara', 'Mara Berg']);
    expect(turns.ok && turns.value.map(({ speaker }) => speaker)).toEqual(['Mara', 'Mara Berg']);
  });

  it('takes no part of a name in assistant mode', () => {
    expect(turnsOf('User: What is AI?\nAI Assistant: Two letters.\nAI: artificial intelligence')).toEqual([
      'User|What is AI?',
      'AI Assistant|Two letters.\nAI: artificial intelligence',
    ]);
  });

  it.each([
    [
      'words before the first turn',
      'Sure, here it is:\nUser: Hi',
      'Write only the conversation: "Sure, here it is:" stands before the first turn.',
    ],
    ['no turn at all', 'I cannot do that.', 'No line begins with "AI Assistant:" or "User:": begin every turn so.'],
    ['nothing', '', 'No line begins with "AI Assistant:" or "User:": begin every turn so.'],
  ])('refuses %s', (_, reply, reason) => {
    expect(turnsOf(reply)).toEqual([reason]);
  });
});
