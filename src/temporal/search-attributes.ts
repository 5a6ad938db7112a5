import type { Connection } from '@temporalio/client';
import { isLocalAddress, type TemporalTarget } from '../config/temporal-target.js';
import { SEARCH_ATTRIBUTES } from '../search-attributes.js';

/** Temporal's number for attributes of whole words: `INDEXED_VALUE_TYPE_KEYWORD`. */
const KEYWORD = 2;
const TIMEOUT_MS = 10_000;

export interface Searchable {
  /** Workflows may carry our search attributes: a server that does not know them refuses to start one with them. */
  isSearchable: boolean;
  /** Why not, and what to do, for people. */
  note?: string;
}

/**
 * Makes sure that the namespace knows our search attributes: on this machine they are registered, elsewhere that is for
 * whoever runs the server. A run goes on without them all the same.
 */
export async function ensureSearchAttributes(
  connection: Pick<Connection, 'operatorService' | 'workflowService' | 'withDeadline'>,
  { address, namespace }: Pick<TemporalTarget, 'address' | 'namespace'>,
): Promise<Searchable> {
  try {
    return await connection.withDeadline(Date.now() + TIMEOUT_MS, async () => {
      const isLocal = isLocalAddress(address);
      const listed = await connection.operatorService
        .listSearchAttributes({ namespace })
        .catch(async (error: unknown) => {
          // Elsewhere only administrators may be allowed to list them; whoever may start workflows may ask for some.
          if (!isLocal && (await mayBeAskedFor(connection, namespace))) return undefined;
          throw error;
        });
      const missing = listed === undefined ? [] : missingOf(listed.customAttributes);
      if (missing.length === 0) return { isSearchable: true };
      if (!isLocal) return { isSearchable: false, note: describeMissing(missing, namespace) };
      await connection.operatorService.addSearchAttributes({
        namespace,
        searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
      });
      return { isSearchable: true };
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { isSearchable: false, note: `${WITHOUT} (the server says: ${reason})` };
  }
}

/** @throws where one of ours is there as another kind */
function missingOf(known: Readonly<Record<string, number>>): string[] {
  const names = Object.values(SEARCH_ATTRIBUTES).map(({ name }) => name);
  const foreign = names.find((name) => ![undefined, KEYWORD].includes(known[name]));
  if (foreign !== undefined) throw new Error(`its search attribute ${foreign} is not of the type Keyword`);
  return names.filter((name) => known[name] === undefined);
}

/** Whether the server takes a question with our attributes; it refuses one with such as it does not know. */
async function mayBeAskedFor(connection: Pick<Connection, 'workflowService'>, namespace: string): Promise<boolean> {
  const query = Object.values(SEARCH_ATTRIBUTES).map(({ name }) => `${name} = ''`);
  return connection.workflowService.countWorkflowExecutions({ namespace, query: query.join(' AND ') }).then(
    () => true,
    () => false,
  );
}

const WITHOUT = 'Workflows of this run cannot be found by run, source and outcome in the Web UI';

function describeMissing(missing: readonly string[], namespace: string): string {
  return `${WITHOUT}: namespace "${namespace}" does not have the search attributes ${missing.join(', ')} (type Keyword). Create them there, and runs that are started then have them`;
}
