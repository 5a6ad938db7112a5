import { citeSource, sourceLine } from '../ingest/document-name.js';
import { TOO_LONG } from '../llm/answer-bound.js';
import { ModelCallError } from '../llm/errors.js';
import type { Limiter, StartedCall } from '../llm/limiter.js';
import type { ModelClient, ModelReply } from '../llm/model-client.js';
import type { CallSize } from '../llm/token-estimate.js';
import type { RunPlan } from '../planning/run-plan.js';
import { askAgain, renderPrompt } from '../prompting/render-prompt.js';
import type { CallRecord, ModelRequest, Sampling } from '../call-record.js';
import type { Chunk, Usage } from '../records.js';
import { seededRandom } from '../random.js';
import { findStep } from '../steps/index.js';
import { cutText } from '../steps/reading/clean.js';
import { drawTraits } from '../steps/traits.js';
import { type ModelRole, type Parsed, type Step, type StepContext, unusable } from '../steps/step.js';
import type { AccountBook } from '../store/account-book.js';
import type { CallName, Journal } from '../store/journal.js';
import { journalKey } from '../store/journal.js';
import type { LeaseKeeper } from '../store/leases.js';
import type { SingleFlight } from '../store/single-flight.js';
import { type AskedCall, askedCall } from './asked-call.js';
import type { BriefUsage, CallModelInput, CallModelResult } from './contract.js';
import { brokenRun, elsewhere, failedCall, refusedCall, waitingCall } from './failures.js';
import { isAbandoned, withHeartbeats } from './heartbeats.js';
import type { RunReader } from '../planning/run-reader.js';
import { findDocument } from '../planning/run-reader.js';

/** Where one model role is served. */
export interface ModelService {
  client: ModelClient;
  limiter: Limiter;
}

export interface CallModelDependencies {
  journal: Journal;
  flights: SingleFlight;
  leases: Pick<LeaseKeeper, 'isInFlightElsewhere'>;
  account: Pick<AccountBook, 'pay' | 'recorded'>;
  reader: RunReader;
  services: Record<ModelRole, ModelService>;
}

/** Of an unusable answer, so much is shown to the model when it is asked again. */
const SHOWN_ANSWER = 500;
const LONGEST_REASON = 1_000;
/** As JSON. Many times a long conversation; a chunk's record holds a hundred values, and Temporal takes 2 MB. */
const LONGEST_VALUE = 50_000;
const BRIEFLY = 'Answer again, more briefly.';
/** A later attempt that joined a call comes back as soon as the attempt that was to make it is given up. */
const ABANDONED_RETRY_MS = 1_000;

const NO_USAGE: Usage = { prompt: 0, cached: 0, completion: 0 };

/** How often a call has failed in a row, by its key. Temporal's count of attempts also counts each wait for a turn. */
type FailureCounts = Map<string, number>;

export function createCallModel(dependencies: CallModelDependencies) {
  const own = { ...dependencies, failures: new Map() };
  return (input: CallModelInput): Promise<CallModelResult> => withHeartbeats(() => callModel(askedCall(input), own));
}

type CallModelParts = CallModelDependencies & { failures: FailureCounts };

async function callModel(input: AskedCall, dependencies: CallModelParts): Promise<CallModelResult> {
  const step = findStep(input.step);
  const plan = await dependencies.reader.plan(input.plan);
  const chunk = await dependencies.reader.chunk(input.plan, input.chunk);
  const context = stepContext(plan, chunk);
  const request = orBroken(`${input.call} cannot be asked`, () => buildRequest(input, step, plan, context));
  const call: CallName = { chunk: input.chunk, step: step.name, id: input.call };
  const key = journalKey(request, call);

  // A flight has one reply, and reading a conversation is dear: it is read once.
  let reading: Parsed<unknown> | undefined;
  const read = (reply: ModelReply) => (reading ??= readReply(reply, step, input.input, context));
  const record = await dependencies.flights.run(key, () =>
    answer({ call, key, request, role: step.role, read }, dependencies),
  );
  if (record.refused !== undefined) throw refusedCall(record.refused);

  const reply = { text: record.reply ?? '', finishReason: record.finishReason, usage: record.usage };
  const parsed = orBroken(`the answer to ${input.call} cannot be read`, () => read(reply));
  const usage = briefUsage(record.usage);
  if (parsed.ok) return { usage, usable: true, value: parsed.value };
  return {
    usage,
    usable: false,
    answer: cutText(reply.text, SHOWN_ANSWER),
    reason: cutText(parsed.reason, LONGEST_REASON),
  };
}

function briefUsage({ prompt, cached, completion }: Usage): BriefUsage {
  return [prompt, cached, completion];
}

/** A fault of our own code is the same at every attempt: the item fails, and the run goes on. */
function orBroken<Result>(what: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw brokenRun(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function stepContext(plan: RunPlan, chunk: Chunk): StepContext {
  const document = findDocument(plan, chunk.document);
  const { seed } = plan.settings;
  return {
    text: chunk.text,
    sourceLine: plan.useFilenames ? sourceLine(document) : '',
    textname: citeSource(document),
    traitsFor: (conversation) =>
      drawTraits(plan.traits ?? {}, seededRandom(seed, chunk.id, `traits of conversation ${conversation}`)),
  };
}

function buildRequest(input: AskedCall, step: Step<never, unknown>, plan: RunPlan, context: StepContext): ModelRequest {
  const prompt = plan.prompts[step.name];
  if (prompt === undefined)
    throw new Error(`the plan ${plan.fingerprint} has no prompt for ${step.name}; start the run again`);
  const messages = renderPrompt(prompt, step.render(input.input as never, context));
  const { stop, ...sampling }: Sampling = { ...step.sampling, ...prompt.sampling };
  return {
    model: plan.models[step.role],
    messages:
      input.previous === undefined ? messages : askAgain(messages, input.previous.answer, input.previous.reason),
    sampling: { ...sampling, ...(plan.useStopStrings && stop && { stop }) },
  };
}

interface Flight {
  call: CallName;
  key: string;
  request: ModelRequest;
  role: ModelRole;
  read: (reply: ModelReply) => Parsed<unknown>;
}

/** The answer the journal has, or else the provider's, which is in the journal before anyone sees it. */
async function answer(flight: Flight, parts: CallModelParts): Promise<CallRecord> {
  const { journal, leases, services, account, failures } = parts;
  const { call, key } = flight;
  // Asked before the journal: a call that ends in between is in the one or the other.
  const isInFlightElsewhere = leases.isInFlightElsewhere(key);
  const { limiter } = services[flight.role];
  const known = await limiter.whileLookedUp(() => journal.find(call, key));
  if (known !== undefined) return known;
  if (isAbandoned()) throw abandonedCall();
  if (isInFlightElsewhere) throw elsewhere('another worker is making this call');

  const decision = await limiter.start(sizeOf(flight));
  if (!decision.start) throw waitingCall(decision.message, decision.retryInMs);
  const record = await payOnce(flight, decision.call, parts);
  failures.delete(key);
  await journal.write(record);
  if (record.paidBy !== undefined) account.recorded(record.paidBy.number);
  return record;
}

function sizeOf({ call, request: { messages, sampling } }: Flight): CallSize {
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
  return { step: call.step, characters, maxTokens: sampling.max_tokens };
}

/** Not a cancellation: to an attempt that joined this one, and that somebody waits for, it would be the end. */
function abandonedCall() {
  return waitingCall('the attempt that was to make this call was given up', ABANDONED_RETRY_MS);
}

async function payOnce(flight: Flight, started: StartedCall, parts: CallModelParts): Promise<CallRecord> {
  const { limiter } = parts.services[flight.role];
  // It may have waited long for its turn.
  if (isAbandoned()) {
    limiter.abandon(started);
    throw abandonedCall();
  }
  try {
    return await pay(flight, started, parts);
  } finally {
    limiter.end(started);
  }
}

async function pay(
  { call, key, request, role, read }: Flight,
  started: StartedCall,
  { services, account, failures }: CallModelParts,
): Promise<CallRecord> {
  const { client, limiter } = services[role];
  const at = new Date().toISOString();
  // Durations by a clock that nobody sets.
  const startedAt = performance.now();
  const headers = { 'X-Augmentoolkit-Step': call.step, 'X-Augmentoolkit-Call': `${call.chunk}/${call.id}` };
  const record = (
    rest: Pick<CallRecord, 'reply' | 'refused' | 'usage' | 'finishReason' | 'paidBy' | 'parsed' | 'unusable'>,
  ): CallRecord => ({
    call,
    request,
    requestHash: key,
    latencyMs: Math.round(performance.now() - startedAt),
    at,
    ...rest,
  });
  try {
    const reply = await client.complete(request, { headers });
    const { text, usage, finishReason } = reply;
    // First: what it lets start must know that the budget is spent.
    const paidBy = account.pay(request.model, usage);
    limiter.answered(started, usage);
    return record({ reply: text, usage, finishReason, paidBy, ...describeReading(read, reply) });
  } catch (error) {
    if (!(error instanceof ModelCallError)) throw error;
    const { failure } = error;
    if (failure.kind === 'blocked') limiter.block(failure.message, failure.stepOnly ? call.step : undefined);
    if (failure.kind === 'refused') {
      const { usage = NO_USAGE } = failure;
      const paidBy = failure.usage && account.pay(request.model, usage);
      limiter.answered(started, usage);
      return record({ refused: failure.message, usage, finishReason: 'refused', ...(paidBy && { paidBy }) });
    }
    limiter.failed(started, failure);
    const failed = (failures.get(key) ?? 0) + 1;
    failures.set(key, failed);
    throw failedCall(failure, failed);
  }
}

/** The answer is paid for: a bug in reading it must not keep it from the journal, and shows when it is read again. */
function describeReading(read: Flight['read'], reply: ModelReply): Pick<CallRecord, 'parsed' | 'unusable'> {
  try {
    const parsed = read(reply);
    return parsed.ok ? { parsed: parsed.value } : { unusable: parsed.reason };
  } catch {
    return {};
  }
}

function readReply(
  reply: ModelReply,
  step: Step<never, unknown>,
  input: unknown,
  context: StepContext,
): Parsed<unknown> {
  if (reply.finishReason === 'length') return unusable(`The answer was cut off because it was too long. ${BRIEFLY}`);
  if (reply.finishReason === TOO_LONG) {
    const length = reply.text.length.toLocaleString('en-US');
    return unusable(`The answer was cut off at ${length} characters, more than its max_tokens can hold. ${BRIEFLY}`);
  }
  const parsed = step.parse(reply.text, input as never, context);
  const length = parsed.ok ? JSON.stringify(parsed.value).length : 0;
  if (length <= LONGEST_VALUE) return parsed;
  return unusable(`What is to be read in the answer has ${length.toLocaleString('en-US')} characters. ${BRIEFLY}`);
}
