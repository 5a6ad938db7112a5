import { openSealed, sealFile, sealLine } from '../../src/store/sealed.js';
import { sampleCall, sampleRecord } from '../support/sample-records.js';

const VALUES: [string, object][] = [
  ['a call', sampleCall('judge', { reply: 'Größe\u2028„x“\r\n\ud83d\ude00 \ud800 end' })],
  ['a chunk record', sampleRecord()],
  ['odd numbers and names', { '10': -0, '9': 1e21, half: 0.1, none: null, list: [null, [], {}], ключ: '' }],
  ['nothing', {}],
];

describe.each(VALUES)('sealed: %s', (_what, value) => {
  it.each([
    ['a line', sealLine],
    ['a file', sealFile],
  ])('is given back from %s', (_form, seal) => {
    expect(openSealed(seal(value))).toEqual(JSON.parse(JSON.stringify(value)));
  });

  it('is one line, or one that people read, with the checksum last', () => {
    expect(sealLine(value)).not.toContain('\n');
    expect(sealLine(value)).toMatch(/"checksum":"[0-9a-f]{32}"}$/);
    expect(sealFile(value)).toMatch(/"checksum": "[0-9a-f]{32}"\n}\n$/);
  });

  it('may be laid out anew', () => {
    const { checksum: _checksum, ...rest } = JSON.parse(sealLine(value)) as Record<string, unknown>;
    for (const seal of [sealLine, sealFile]) {
      for (const indent of [undefined, 2, '\t']) {
        expect(openSealed(JSON.stringify(JSON.parse(seal(value)), undefined, indent))).toEqual(rest);
      }
      expect(openSealed(seal(value).replaceAll('\n', '\r\n'))).toEqual(rest);
    }
  });
});

it('leaves out what has no value, as JSON does', () => {
  expect(openSealed(sealLine({ reply: undefined, id: 'judge' }))).toEqual({ id: 'judge' });
});

describe.each([
  ['a line', sealLine],
  ['a file', sealFile],
])('nothing is read from %s that is', (_form, seal) => {
  const whole = seal(sampleCall('judge', { reply: 'Verdict: RELEVANT' }));

  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"checksum"'],
    ['an object without a checksum', JSON.stringify(sampleCall('judge'))],
    ['an empty checksum', JSON.stringify({ ...sampleCall('judge'), checksum: '' })],
    ['zeros', '\0'.repeat(whole.length)],
    ['two objects', `${whole}${whole}`],
    ['another answer', whole.replace('RELEVANT', 'IRRELEVANT')],
    ['another field', whole.replace('{', '{"note":"by hand",')],
    ['another checksum', whole.replace(/("checksum": ?")./, '$1x')],
  ])('%s', (_what, text) => {
    expect(openSealed(text)).toBeUndefined();
  });

  it('a text that was cut off anywhere', () => {
    for (let length = 0; length < whole.trimEnd().length; length += 1) {
      expect([length, openSealed(whole.slice(0, length))]).toEqual([length, undefined]);
    }
  });

  it('a text of which one byte is another, wherever it stands, unless that changes nothing', () => {
    const value: unknown = openSealed(whole);
    const bytes = Buffer.from(whole);
    for (let at = 0; at < bytes.length; at += 1) {
      for (const flipped of [0x01, 0x20, 0x80]) {
        const garbled = Buffer.from(bytes);
        garbled.writeUInt8((bytes[at] ?? 0) ^ flipped, at);
        expect([undefined, value]).toContainEqual(openSealed(garbled.toString('utf8')));
      }
    }
  });
});
