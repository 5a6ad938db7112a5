import { hideKey, redact } from '../../src/llm/redact.js';

it('redaction leaves other words alone', () => {
  const text = 'The task-related key of monkey-business in keyboard_layouts is 2 * 3 ** 4; ask-me-anything-now.';
  expect(redact(text, ['', 'secret'])).toBe(text);
});

describe('redaction of a key without a known beginning', () => {
  const PLAIN = 'zqplanted7Wm0RkTreasury5vHd98Yc4321';

  it.each([
    ['whole', `key ${PLAIN} is wrong`, 'key [key] is wrong'],
    ['twice', `${PLAIN} is not "${PLAIN}"`, '[key] is not "[key]"'],
    ['its beginning', 'key zqplanted7Wm0RkTreas is wrong', 'key [key] is wrong'],
    ['its end, in a sentence', '{"key":"ry5vHd98Yc4321"}', '{"key":"[key]"}'],
    ['some of its middle', 'near Wm0RkTreas.', 'near [key].'],
    ['masked with dots', 'Incorrect API key provided: zqplante...4321', 'Incorrect API key provided: [key]'],
    ['masked with one character', 'key "zqpl…321" is wrong', 'key [key] is wrong'],
    ['masked with stars', 'key zqpl**4321 is wrong', 'key [key] is wrong'],
    ['masked with bullets', 'key zq••••Yc4321 is wrong', 'key [key] is wrong'],
    ['masked with letters', 'key zqplXXXXXX21 is wrong', 'key [key] is wrong'],
    ['masked in brackets', 'key zqpl[...]4321 is wrong', 'key [key] is wrong'],
    ['its last characters alone', 'the key ...4321, expired', 'the key [key] expired'],
  ])('%s', (_what, said, shown) => {
    expect(redact(said, ['', 'other-key-of-another-model', PLAIN])).toBe(shown);
  });

  it('leaves words that the key happens to hold', () => {
    const text = 'A plant, a planted tree... Wait: the Treasury xxx has 4321 ... 2 * 3 letters (see [1]...)';
    expect(redact(text, [PLAIN.replace('Treasury', 'Treasur')])).toBe(text);
  });

  it('leaves the words of a message beside a short key', () => {
    expect(redact('The token of tokens... is hushed', ['hush', 'orchid'])).toBe('The token of tokens... is hushed');
    expect(redact('The orchid, orchi and rchid', ['orchid'])).toBe('The [key], orchi and rchid');
  });
});

describe('a key in an answer', () => {
  const KEY = 'sk-proj-9fQ2mTreasur77aa0bZ';

  it.each([
    ['whole', `Authorization: Bearer ${KEY}`, 'Authorization: Bearer [key]'],
    ['its beginning', `${KEY.slice(0, 12)} and so on`, '[key] and so on'],
    ['its end', `...${KEY.slice(-8)}`, '...[key]'],
    ['broken in two', `${KEY.slice(0, 14)}\n${KEY.slice(14)}`, '[key]\n[key]'],
  ])('is hidden: %s', (_what, text, shown) => {
    expect(hideKey(text, KEY)).toBe(shown);
  });

  it.each([
    ['words as a mask has them', '***Note***: the Treasure... wrote "Bearer of xxx", then sk-abcdefgh', KEY],
    [
      'the words of a stand-in',
      'Anything is required; no-key-required, so use an ollama-server.',
      'sk-no-key-required',
    ],
    ['a stand-in that is a word', 'He would do anything.', 'anything'],
    ['everything where there is no key', 'He would do anything.', ''],
  ])('leaves %s', (_what, text, key) => {
    expect(hideKey(text, key)).toBe(text);
  });
});
