import { distance } from 'fastest-levenshtein';

const MOST_NAMED = 3;

/** The listed names most like an unknown one: those that hold it first, whatever comes before their last slash. */
export function nearestModels(unknown: string, names: readonly string[]): string[] {
  const wanted = bareName(unknown);
  const ranked = names.map((name) => {
    const bare = bareName(name);
    return { name, holds: bare.includes(wanted) || wanted.includes(bare), away: distance(wanted, bare) };
  });
  ranked.sort((one, other) => Number(other.holds) - Number(one.holds) || one.away - other.away);
  return ranked.slice(0, MOST_NAMED).map(({ name }) => name);
}

function bareName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase();
}
