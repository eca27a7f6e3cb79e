/** From the answer of a server to a document, or to the error that says why there is none. */
import { type ProblemDocument } from '@tributary/http-api';
import { isRecord, lackOf } from './documents';
import { ApiProblem, StrangeAnswer } from './failures';

const problemNeeds = { title: 'string', status: 'number', detail: 'string', code: 'string' } as const;

/** The shape of a document is the caller's promise; `lack` names what is missing for it. Throws `StrangeAnswer`. */
export async function documentIn<T>(response: Response, url: string, lack: (value: unknown) => string | undefined): Promise<T> {
  const text = await response.text();
  const value = jsonIn(text);
  if (value === undefined) throw new StrangeAnswer(url, response.status, `no JSON, but ${response.headers.get('content-type') ?? 'nothing that has a name'}`);
  const missing = lack(value);
  if (missing !== undefined) throw new StrangeAnswer(url, response.status, `without ${missing}`);
  return value as T;
}

/** A text that has to be a JSON object. Throws `StrangeAnswer`. */
export function recordIn(text: string, url: string): Readonly<Record<string, unknown>> {
  const value = jsonIn(text);
  if (isRecord(value)) return value;
  throw new StrangeAnswer(url, 200, 'no JSON object');
}

/** Why an answer is a refusal; what a proxy says in its own words becomes a `StrangeAnswer`. Also for answers that did not come by `fetch`. */
export function problemIn(
  answer: { readonly status: number; readonly body: string; readonly header: (name: string) => string | null },
  url: string,
  nowMs: number,
): ApiProblem | StrangeAnswer {
  const value = jsonIn(answer.body);
  if (!isRecord(value) || lackOf(value, problemNeeds) !== undefined) return new StrangeAnswer(url, answer.status, 'its refusal is no problem document');
  return new ApiProblem(value as ProblemDocument, answer.status, retryAfterMs(answer.header('retry-after'), nowMs));
}

/** RFC 9110: seconds, or a date. */
function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // No JSON is an answer, too: the caller says what it makes of it.
    return undefined;
  }
}
