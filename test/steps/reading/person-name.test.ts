import { readName } from '../../../src/steps/reading/person-name.js';

describe('readName', () => {
  it.each([
    'Mara Lindholm',
    'MARA LINDHOLM',
    'Dr. Elara Voss',
    'J. R. Hale',
    'Mara L.',
    'Tom Reyes Jr.',
    'St. John Rivers',
    "Séamus O'Hara",
    'Jean-Luc d’Arc',
    'María José de la Cruz',
    'Yusuf al-Amin',
    'The Captain',
    '玛拉·林德霍尔姆',
    '高橋 健',
    '김민수',
    'ليلى منصور',
    'नीला शर्मा',
  ])('takes %s as it is', (name) => {
    expect(readName(name)).toBe(name);
  });

  it.each([
    ['**Mara Lindholm**', 'Mara Lindholm'],
    ['"Mara Lindholm"', 'Mara Lindholm'],
    ['« Mara Lindholm ».', 'Mara Lindholm'],
    ['Mara "Keys" Lindholm', 'Mara Lindholm'],
    ['„Keys“ Mara Lindholm', 'Mara Lindholm'],
    ['Mara Lindholm (Keys)', 'Mara Lindholm'],
    ['Mara Lindholm, known as Keys', 'Mara Lindholm'],
    ['Mara Lindholm - a keeper', 'Mara Lindholm'],
    ['Mara Lindholm. She keeps the tower', 'Mara Lindholm'],
    ['Tom Reyes is an apprentice', 'Tom Reyes'],
    ['汤姆，年轻的学徒', '汤姆'],
  ])('finds the name in %s', (raw, name) => {
    expect(readName(raw)).toBe(name);
  });

  it.each([
    ['nothing', ''],
    ['a placeholder in brackets', '[Your Name]'],
    ['a placeholder of a prompt', '{name}'],
    ['a placeholder in capitals', 'NAME'],
    ['a role of the task', 'Second Character'],
    ['a numbered role', 'Character 2'],
    ['no name', 'Unknown'],
    ['no name in German', 'Unbekannt'],
    ['the other kind of speaker', 'AI Assistant'],
    ['a role', 'a young apprentice'],
    ['a role with a name', 'an apprentice named Tom'],
    ['two people', 'Tom and Ana'],
    ['two people, by a slash', 'Tom/Ana'],
    ['a colon', 'Mara: 54'],
    ['seven words', 'Anna Berta Clara Dora Emma Frieda Grete'],
    ['a sentence without blanks', '汤姆是一个年轻的学徒'],
  ])('takes no name from %s', (_, raw) => {
    expect(readName(raw)).toBeUndefined();
  });
});
