import { readFile } from 'node:fs/promises';
import { checkProgram, LOWEST_NODE } from '../../../src/cli/doctor/check-program.js';
import { describeFinding, describeWhole } from '../../../src/cli/doctor/describe-findings.js';
import { type Finding, findingsOf, firstOf } from '../../../src/cli/doctor/finding.js';

const key = findingsOf('key');

it('a finding is a line: what, how it is, and what to do', () => {
  expect(describeFinding(key.ok('127.0.0.1:8300 is on this machine and needs none'), 100)).toBe(
    'key       ok       127.0.0.1:8300 is on this machine and needs none',
  );
});

it.each([100, 60])('what is long goes on below, within %i columns', (width) => {
  const message = Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ');
  const lines = describeFinding(findingsOf('temporal').fix(message), width).split('\n');
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.filter((line) => line.length > width)).toEqual([]);
  expect(lines[0]).toMatch(/^temporal {2}TO DO {4}word0/);
  expect(lines.slice(1).every((line) => /^ {19}\S/.test(line))).toBe(true);
});

it.each<[string, Finding[], RegExp]>([
  ['all is well', [key.ok('here')], /^All is well\. Next: npx augmentoolkit run$/],
  [
    'notes keep nobody from starting',
    [key.ok('here'), key.note('mind')],
    /^A run can start; mind the notes\. Next: npx/,
  ],
  ['one thing is to be done', [key.fix('set it'), key.note('mind')], /^One thing to put right\.$/],
  ['several are', [key.fix('set it'), key.fix('and this')], /^2 things to put right\.$/],
])('the last line says that %s', (_name, findings, words) => {
  expect(describeWhole(findings, 'npx augmentoolkit run')).toMatch(words);
});

it.each([
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [
    ['a', 'b', 'c', 'd'],
    ['a', 'b', 'and 2 more'],
  ],
])('of %j so much is said', (messages, said) => {
  expect(firstOf(messages, 2)).toEqual(said);
});

it.each(['18.20.4', '20.18.9'])('Node %s is too old, and that is said first', async (node) => {
  expect(await checkProgram(node)).toMatchObject([
    { check: 'program', state: 'fix', message: expect.stringContaining(`get Node ${LOWEST_NODE} or newer`) },
  ]);
});

it('the lowest Node is the one that package.json names', async () => {
  const { engines } = JSON.parse(await readFile('package.json', 'utf8')) as { engines: { node: string } };
  expect(engines.node).toBe(`>=${LOWEST_NODE}`);
});
