import { closest, distance } from 'fastest-levenshtein';

/** The known name that is spelled most alike, unless more than `mostTypos` letters differ. */
export function nearestName(name: string, known: readonly string[], mostTypos: number): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(name, known);
  return distance(name, nearest) <= mostTypos ? nearest : undefined;
}
