import type { Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '../../src/search-attributes.js';
import { ensureSearchAttributes } from '../../src/temporal/search-attributes.js';
import { serverExecutable } from '../support/temporal-server.js';

const NAMES = Object.values(SEARCH_ATTRIBUTES).map(({ name }) => name);
const ELSEWHERE = 'us-east-1.aws.api.temporal.io:7233';
/** Temporal's numbers for kinds of attributes. */
const KIND = { text: 1, keyword: 2 };

describe('on a Temporal server, search attributes', () => {
  let environment: TestWorkflowEnvironment;
  let connection: Connection;
  beforeAll(async () => {
    environment = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'existing-path', path: await serverExecutable() } },
    });
    ({ connection } = environment);
  }, 60_000);
  afterAll(() => environment.teardown());

  async function newNamespace(namespace: string, attributes: Record<string, number> = {}) {
    const day = { seconds: 86_400 as never };
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: day });
    if (Object.keys(attributes).length > 0) {
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: attributes });
    }
    return { here: { address: environment.address, namespace }, elsewhere: { address: ELSEWHERE, namespace } };
  }

  const all = (kind: number) => Object.fromEntries(NAMES.map((name) => [name, kind]));

  it('are registered on this machine, and found again', async () => {
    const { here, elsewhere } = await newNamespace('local');
    expect(await ensureSearchAttributes(connection, here)).toEqual({ isSearchable: true });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'local' });
    expect(customAttributes).toMatchObject(all(KIND.keyword));
    expect(await ensureSearchAttributes(connection, here)).toEqual({ isSearchable: true });
    expect(await ensureSearchAttributes(connection, elsewhere)).toEqual({ isSearchable: true });
  });

  it('are left to its owner elsewhere, with a note that names them', async () => {
    const { elsewhere } = await newNamespace('bare', { [NAMES[0] ?? '']: KIND.keyword });
    const { isSearchable, note } = await ensureSearchAttributes(connection, elsewhere);
    expect(isSearchable).toBe(false);
    expect(note).toContain(`does not have the search attributes ${NAMES.slice(1).join(', ')} (type Keyword)`);
  });

  it('of our names and another kind are not used', async () => {
    for (const target of Object.values(await newNamespace('foreign', all(KIND.text)))) {
      const { isSearchable, note } = await ensureSearchAttributes(connection, target);
      expect({ isSearchable, note }).toEqual({
        isSearchable: false,
        note: expect.stringContaining(`${NAMES[0]} is not of the type Keyword`),
      });
    }
  });

  describe('that may not be listed', () => {
    /** The same server to somebody who is no administrator. */
    function asUser(): Pick<Connection, 'operatorService' | 'workflowService' | 'withDeadline'> {
      const refuse = () => Promise.reject(new Error('Request unauthorized.'));
      const operatorService = { listSearchAttributes: refuse } as unknown as Connection['operatorService'];
      return {
        operatorService,
        workflowService: connection.workflowService,
        withDeadline: (deadline, work) => connection.withDeadline(deadline, work),
      };
    }

    it('are used where the server takes a question with them', async () => {
      const { elsewhere } = await newNamespace('closed', all(KIND.keyword));
      expect(await ensureSearchAttributes(asUser(), elsewhere)).toEqual({ isSearchable: true });
    });

    it('are not used where it does not', async () => {
      const { elsewhere } = await newNamespace('closed-bare');
      const { isSearchable, note } = await ensureSearchAttributes(asUser(), elsewhere);
      expect({ isSearchable, note }).toEqual({
        isSearchable: false,
        note: expect.stringContaining('(the server says: Request unauthorized.)'),
      });
    });
  });
});
