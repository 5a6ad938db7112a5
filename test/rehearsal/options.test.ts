import { FaultsOptionError, parseFaults } from '../../src/rehearsal/options.js';

describe('--faults', () => {
  it.each([
    ['', {}],
    ['429:0.1', { '429': 0.1 }],
    [
      '429:0.1,500:0.05,hang:0.01,reset:0.02,garbage:0.05,truncate:0.02',
      { '429': 0.1, '500': 0.05, hang: 0.01, reset: 0.02, garbage: 0.05, truncate: 0.02 },
    ],
    [' 502 : 0 , 503:1 ', { '502': 0, '503': 1 }],
    ['bare429:0.1,504:0.1,mistyped:0.2,long:0.3', { bare429: 0.1, '504': 0.1, mistyped: 0.2, long: 0.3 }],
    ['html:0.5,empty:0.5,garbage:1', { html: 0.5, empty: 0.5, garbage: 1 }],
    ['429:0.1,500:0.2,502:0.3,503:0.4', { '429': 0.1, '500': 0.2, '502': 0.3, '503': 0.4 }],
  ])('reads "%s"', (option, rates) => {
    expect(parseFaults(option)).toEqual(rates);
  });

  it.each([
    ['timeout:0.1', /no fault "timeout".*hang/],
    ['429', /"429" has no rate; write 429:0.1/],
    ['429:', /has no rate/],
    ['429:0.1:2', /has no rate/],
    ['hang:1.5', /hang:1.5 is no rate; give a number from 0 to 1/],
    ['hang:-0.1', /from 0 to 1/],
    ['hang:often', /hang:often is no rate/],
    ['500:0.1,500:0.2', /500 stands there twice/],
    ['429:0.6,hang:0.6', /add up to 1.2; together at most 1/],
  ])('refuses "%s"', (option, message) => {
    expect(() => parseFaults(option)).toThrow(FaultsOptionError);
    expect(() => parseFaults(option)).toThrow(message);
  });
});
