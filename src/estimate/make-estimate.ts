import { assumeUses } from './assume-uses.js';
import { CONDUCT, shareOfWorthy } from './assumptions.js';
import { describeAssumed, describeMeasured } from './describe-assumptions.js';
import type { Estimate, EstimateInput, Range, Use } from './estimate-data.js';
import { expectedSeconds } from './expected-time.js';
import type { StepUse } from './measured-chunks.js';
import { drawProjections, projectAll, type Projection } from './project.js';
import { linesByModel, linesByStep, scaleUses, totalOf } from './sum-uses.js';

/** Of a range's draws, one in ten lies below, and one in ten above. */
const LOW = 0.1;
const HIGH = 0.9;

/** From chunks that were done, where at least one gave questions; else from what is assumed of models and texts. */
export function makeEstimate(input: EstimateInput): Estimate {
  const isMeasured = input.measured.some(({ isWorthy }) => isWorthy);
  return isMeasured ? fromMeasurements(input) : fromAssumptions(input);
}

function fromMeasurements(input: EstimateInput): Estimate {
  const { chunks, measured } = input;
  const known = new Set(measured.map(({ id }) => id));
  const others = chunks.filter(({ id }) => !known.has(id));
  const rest = { chunks: others.length, tokens: sum(others.map(({ tokens }) => tokens)) };
  const likely = projectAll(measured, rest);
  const drawn = drawProjections(measured, rest);
  const rangeOf = (figure: (projection: Projection) => number): Range => {
    const sorted = drawn.map(figure).sort((a, b) => a - b);
    const middle = figure(likely);
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? middle;
    return { low: Math.min(middle, at(LOW)), likely: middle, high: Math.max(middle, at(HIGH)) };
  };
  return assemble(input, { basis: 'measured', likely, rangeOf, assumptions: describeMeasured(input) });
}

function fromAssumptions(input: EstimateInput): Estimate {
  const { plan, chunks, measured } = input;
  const text = chunks.length === 0 ? 0 : sum(chunks.map(({ tokens }) => tokens)) / chunks.length;
  const left = chunks.length - measured.length;
  const project = (conduct: (typeof CONDUCT)['likely']): Projection => {
    const { worthy, unworthy } = assumeUses(plan, conduct, text);
    const count = left * shareOfWorthy(0, measured.length, conduct.worthy);
    const slower = conduct.seconds / CONDUCT.likely.seconds;
    const assumed = [...scaleUses(worthy, count), ...scaleUses(unworthy, left - count)];
    const uses = assumed.map((use) => ({ ...use, latencyMs: use.latencyMs * slower }));
    return { worthy: count, uses: [...measured.flatMap((chunk) => chunk.uses), ...uses] };
  };
  const [low, likely, high] = [project(CONDUCT.low), project(CONDUCT.likely), project(CONDUCT.high)];
  const rangeOf = (figure: (projection: Projection) => number) => ({
    low: figure(low),
    likely: figure(likely),
    high: figure(high),
  });
  return assemble(input, { basis: 'assumed', likely, rangeOf, assumptions: describeAssumed(input) });
}

interface Basis {
  basis: Estimate['basis'];
  likely: Projection;
  rangeOf: (figure: (projection: Projection) => number) => Range;
  assumptions: string[];
}

function assemble(
  { chunks, measured, prices, limits }: EstimateInput,
  { basis, likely, rangeOf, assumptions }: Basis,
): Estimate {
  const done = measured.flatMap(({ uses }) => uses);
  const paid = totalOf(done, prices);
  const total = totalOf(likely.uses, prices);
  const use = ({ uses }: Projection): Use => totalOf(uses, prices);
  const left = chunks.length - measured.length;
  const seconds = ({ uses }: Projection) => expectedSeconds(without(uses, done), limits, left);
  return {
    basis,
    chunks: {
      all: chunks.length,
      documents: new Set(chunks.map(({ document }) => document)).size,
      measured: measured.length,
    },
    worthy: rangeOf(({ worthy }) => worthy),
    steps: linesByStep(likely.uses, prices),
    models: linesByModel(likely.uses, prices),
    total,
    calls: rangeOf((projection) => use(projection).calls),
    tokens: rangeOf((projection) => use(projection).prompt + use(projection).completion),
    ...(total.cost !== undefined && { cost: rangeOf((projection) => use(projection).cost ?? 0) }),
    paid,
    seconds: rangeOf(seconds),
    unpriced: [...new Set(likely.uses.map(({ model }) => model))].filter((model) => prices[model] === undefined),
    assumptions,
  };
}

/** What is still to be called: a projection from measurements begins with what was measured. */
function without(uses: readonly StepUse[], done: readonly StepUse[]): readonly StepUse[] {
  return done.length > 0 && uses[0] === done[0] ? uses.slice(done.length) : uses;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
