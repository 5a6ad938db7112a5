/** The type of an error that is a page for people instead of JSON for programs. */
export const WEB_PAGE = 'web page';

/** The longest title that is quoted. */
const LONGEST_TITLE = 100;
/** Of a page, so much is looked at. */
const LONGEST_HEAD = 4_000;

/** Answers that by their status have no body, and must be given none. */
const WITHOUT_BODY = new Set([204, 205, 304]);

/** A body goes on beyond every use. */
export class EndlessAnswerError extends Error {
  override readonly name = 'EndlessAnswerError';
}

/**
 * `fetch` for the openai package, which would read a body of any length, and of an error's body understands one form
 * only. Gives the answer when it is all there; an error always has the form `{"error": ...}`.
 *
 * @throws EndlessAnswerError for a body of more than `mostBytes`
 */
export function fetchWhole(mostBytes: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const text = await readBody(response, mostBytes);
    const { ok, status, statusText, headers } = response;
    if (WITHOUT_BODY.has(status)) return response;
    return new Response(ok ? text : JSON.stringify({ error: readError(text) }), { status, statusText, headers });
  };
}

async function readBody(response: Response, mostBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.byteLength;
    // Leaving the loop closes the connection.
    if (bytes > mostBytes) throw new EndlessAnswerError(`more than ${mostBytes} bytes`);
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

/** What an error says, in whichever of the usual forms: `{"error": ...}`, `{"message": ...}`, `{"detail": ...}`. */
function readError(text: string): unknown {
  const json = parseJson(text);
  if (json === undefined) {
    const page = describePage(text);
    return page === undefined ? text : { message: page, type: WEB_PAGE };
  }
  const body: unknown = Array.isArray(json) ? json[0] : json;
  if (!isObject(body)) return body;
  if ('error' in body && body['error'] !== null) return body['error'];
  return 'message' in body ? body : { ...body, message: readDetail(body['detail']) };
}

/** Some list what is wrong with each field. */
function readDetail(detail: unknown): unknown {
  const first: unknown = Array.isArray(detail) ? detail[0] : detail;
  return isObject(first) ? first['msg'] : first;
}

/** What a person would see of an HTML page, in a few words; undefined where it is none. */
export function describePage(text: string): string | undefined {
  const head = text.slice(0, LONGEST_HEAD);
  if (!/^\s*<(?:!doctype|html|head|body|\?xml|!--)/i.test(head)) return undefined;
  const [, title = ''] = /<title[^>]*>([^<]*)/i.exec(head) ?? /<h1[^>]*>([^<]*)/i.exec(head) ?? [];
  const words = title.replace(/\s+/g, ' ').trim().slice(0, LONGEST_TITLE);
  return words === '' ? 'a web page' : `a web page, "${words}"`;
}

/** Undefined where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
