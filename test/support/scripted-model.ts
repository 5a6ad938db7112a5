import { ApplicationFailure } from '@temporalio/activity';
import type { AskedCall } from '../../src/activities/asked-call.js';
import type { BriefUsage, CallModelResult } from '../../src/activities/contract.js';
import { REFUSED } from '../../src/activities/failure-types.js';
import type { Usage } from '../../src/records.js';
import { Gate } from './gate.js';

export type ScriptedReply =
  | { kind: 'usable'; value: (input: AskedCall) => unknown }
  | { kind: 'unusable'; reason: string; answer: string }
  | { kind: 'refused'; reason: string };

/** What each scripted call uses. */
export const CALL_USAGE: Usage = { prompt: 10, cached: 4, completion: 2 };
const BRIEF_USAGE: BriefUsage = [10, 4, 2];

/**
 * A strict model in place of `callModel`: it answers each call of its script once, and what is not in the script
 * breaks the workflow that asked. Calls are named `<chunk>/<call id>`.
 */
export class ScriptedModel {
  /** All calls so far, as they came in. */
  readonly calls: AskedCall[] = [];
  readonly #script = new Map<string, ScriptedReply>();
  readonly #gates = new Map<string, Gate>();

  script(call: string, reply: ScriptedReply): void {
    this.#script.set(call, reply);
  }

  answer(call: string, value: unknown): void {
    this.script(call, { kind: 'usable', value: () => value });
  }

  /** This call waits until the gate is opened. */
  hold(call: string): Gate {
    const gate = new Gate();
    this.#gates.set(call, gate);
    return gate;
  }

  async callModel(input: AskedCall): Promise<CallModelResult> {
    const name = `${input.chunk}/${input.call}`;
    const isRepeated = this.calls.some((call) => `${call.chunk}/${call.call}` === name);
    this.calls.push(input);
    if (isRepeated) throw offScript(`${name} was asked twice`);
    await this.#gates.get(name)?.pass();
    const reply = this.#script.get(name);
    switch (reply?.kind) {
      case undefined:
        throw offScript(`${name} is not in the script`);
      case 'refused':
        throw ApplicationFailure.nonRetryable(reply.reason, REFUSED);
      case 'unusable':
        return { usage: BRIEF_USAGE, usable: false, answer: reply.answer, reason: reply.reason };
      case 'usable':
        return { usage: BRIEF_USAGE, usable: true, value: reply.value(input) };
    }
  }
}

function offScript(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, 'OffScript');
}
