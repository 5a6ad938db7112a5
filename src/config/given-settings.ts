import { isMap, isPair, isScalar, LineCounter, parseDocument, type Document, type YAMLError, type YAMLMap } from 'yaml';
import { SettingsError } from './settings-error.js';

/** What the file and the command line say, before anything is checked. */
export interface GivenSettings {
  /** Group by group; a value left empty is not there, so that its default holds. */
  values: Record<string, unknown>;
  /** Where a key stands: `config.yaml:12`, or `--set`. */
  places: ReadonlyMap<string, string>;
}

export const COMMAND_LINE = '--set';

/** The parser's own messages quote the line, which may hold a key; these do not. */
const YAML_FAULTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'is indented with a tab: use spaces',
  BAD_INDENT: 'is not indented like its neighbours',
  DUPLICATE_KEY: 'gives a key a second time',
  MISSING_CHAR: 'lacks a quote, a bracket, a comma or a colon',
};
const OTHER_FAULT = 'is not valid YAML: look at its quotes, colons and indentation';

/**
 * @param shownAs the file's name in messages
 * @throws SettingsError with all faults of the YAML text
 */
export function parseSettingsFile(text: string, shownAs: string): GivenSettings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => `${shownAs}:${lines.linePos(offset).line}`;
  if (document.errors.length > 0) throw new SettingsError(document.errors.map((error) => describeFault(error, place)));
  if (document.contents === null) return { values: {}, places: new Map() };
  if (!isMap(document.contents)) throw new SettingsError([`${shownAs}:1 is not a list of settings: see config.yaml`]);
  const places = new Map(keyPlaces(document.contents, place));
  return { values: withoutEmpty(resolveAliases(document, shownAs)), places };
}

function resolveAliases(document: Document, shownAs: string): Record<string, unknown> {
  try {
    return document.toJS();
  } catch {
    throw new SettingsError([`${shownAs} uses an alias (*name) without its anchor (&name): put the value in quotes`]);
  }
}

/**
 * The values of `--set KEY=VALUE` go before those of the file; an empty one brings the default back.
 * They stay text here: the schema reads flags and numbers from text, too.
 *
 * @throws SettingsError where an assignment has no `=`
 */
export function withAssignments(given: GivenSettings, assignments: readonly string[]): GivenSettings {
  const values = structuredClone(given.values);
  const places = new Map(given.places);
  for (const assignment of assignments) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
    if (key === undefined || value === undefined) {
      throw new SettingsError([`${COMMAND_LINE} needs KEY=VALUE, as in ${COMMAND_LINE} SYSTEM.CHUNK_SIZE=300`]);
    }
    const path = settingPath(key);
    places.set(path.slice(0, 2).join('.'), COMMAND_LINE);
    assign(values, path, value);
  }
  return { values: withoutEmpty(values), places };
}

/** Group and name; of a price, which stands under its model's name, dots and all: `PRICES`, model and kind of tokens. */
function settingPath(key: string): string[] {
  const price = /^(PRICES)\.(.+)\.([A-Z_]+)$/s.exec(key);
  const [, ...path] = price ?? /^([^.]*)(?:\.(.*))?$/s.exec(key) ?? [];
  return path.filter((part) => part !== undefined);
}

function assign(values: Record<string, unknown>, [name = '', ...inside]: readonly string[], value: string): void {
  if (inside.length === 0) {
    values[name] = value === '' ? undefined : value;
    return;
  }
  const inner = { ...asGroup(values[name]) };
  assign(inner, inside, value);
  values[name] = inner;
}

function describeFault(error: YAMLError, place: (offset: number) => string): string {
  return `${place(error.pos[0])} ${YAML_FAULTS[error.code] ?? OTHER_FAULT}`;
}

/** `SYSTEM` and `SYSTEM.CHUNK_SIZE`, each with its line. */
function* keyPlaces(map: YAMLMap, place: (offset: number) => string, prefix = ''): Generator<[string, string]> {
  for (const pair of map.items) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const key = `${prefix}${String(pair.key.value)}`;
    yield [key, place(pair.key.range?.[0] ?? 0)];
    if (prefix === '' && isMap(pair.value)) yield* keyPlaces(pair.value, place, `${key}.`);
  }
}

function withoutEmpty(values: Record<string, unknown>): Record<string, unknown> {
  const filled = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(filled.map(([key, value]) => [key, isGroup(value) ? withoutEmpty(value) : value]));
}

function asGroup(value: unknown): Record<string, unknown> {
  return isGroup(value) ? value : {};
}

export function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
