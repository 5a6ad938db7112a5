import { describeError, EXIT, UsageError } from '../../src/cli/exit.js';
import { SettingsError } from '../../src/config/settings-error.js';
import { PromptError } from '../../src/prompting/prompt-error.js';
import { TemporalError } from '../../src/temporal/temporal-error.js';

describe('what people see of an error', () => {
  it.each([
    ['wrong use', new UsageError('There is no run here; start one with run.')],
    ['settings', new SettingsError(['API.BASE_URL is missing'])],
    ['prompts', new PromptError(['prompts/a.yaml: {x} is unknown'])],
    ['the server', new TemporalError('No Temporal server answers')],
  ])('of %s is its message, and with --debug where it was', (_what, error) => {
    expect(describeError(error, false)).toBe(error.message);
    expect(describeError(error, true)).toContain('exit.test.ts');
  });

  it('of a bug is that it is one, and what to do', () => {
    const text = describeError(new TypeError('x is not a function'), false);
    expect(text).toContain('x is not a function');
    expect(text).toContain('--debug');
    expect(text).not.toContain('exit.test.ts');
  });

  it('is the thing itself where it is no error', () => {
    expect(describeError('odd', false)).toBe('odd');
  });
});

it('exit codes are those that are promised', () => {
  expect(EXIT).toEqual({ done: 0, failed: 1, wrongUse: 2, interrupted: 130 });
});
