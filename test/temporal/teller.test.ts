import { jest } from '@jest/globals';
import { createTeller } from '../../src/temporal/teller.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

function listen() {
  const told: (string | undefined)[] = [];
  return { told, tell: createTeller(1_000, (message) => told.push(message)) };
}

it('tells the first change at once, and nothing that is not new', () => {
  const { told, tell } = listen();
  tell(undefined);
  tell('blocked');
  tell('blocked');
  expect(told).toEqual(['blocked']);
});

it('tells of many changes the last, when its time has come', () => {
  const { told, tell } = listen();
  for (const message of ['blocked', undefined, 'full', undefined]) tell(message);
  expect(told).toEqual(['blocked']);
  jest.advanceTimersByTime(1_000);
  expect(told).toEqual(['blocked', undefined]);
  jest.advanceTimersByTime(10_000);
  expect(told).toHaveLength(2);
});

it('says nothing where all is as it was told', () => {
  const { told, tell } = listen();
  for (const message of ['blocked', undefined, 'blocked']) tell(message);
  jest.advanceTimersByTime(10_000);
  expect(told).toEqual(['blocked']);
});
