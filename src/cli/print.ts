import { showInvisible } from '../show-invisible.js';

/** Everything a command says goes out here, so that nothing a text, a model or a provider wrote steers the terminal. */

/** What was asked for, to standard output. */
export function print(text: string | readonly string[]): void {
  const lines = typeof text === 'string' ? text : text.join('\n');
  process.stdout.write(showInvisible(`${lines}\n`));
}

/** For programs: one value on one line of standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** What a person should know beside that, to standard error. */
export function remark(message: string): void {
  process.stderr.write(showInvisible(`${message}\n`));
}
