/** Why a call gave nothing: refused, not answered, or answered by somebody else. */
import { type ProblemDocument } from '@tributary/http-api';

/** The server said no, and why. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly problem: ProblemDocument,
    readonly status: number,
    /** When it is worth trying again, ms; only where the server said so. */
    readonly retryAfterMs?: number,
  ) {
    super(`${problem.title}: ${problem.detail}`);
  }

  get code(): string {
    return this.problem.code;
  }
}

/** Nobody answered, or not to the end. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  /** Of the network, where it has one: ECONNREFUSED, ENOTFOUND, ...; TIMEOUT and SILENT are ours. */
  readonly code: string;

  constructor(
    readonly url: string,
    cause: unknown,
    code?: string,
  ) {
    super(`${url} cannot be reached: ${sentenceOf(cause)}`, { cause });
    this.code = code ?? networkCodeOf(cause) ?? 'NO_ANSWER';
  }
}

/** An answer that is none of the API's: a proxy's page, another program's port. */
export class StrangeAnswer extends Error {
  override readonly name = 'StrangeAnswer';

  constructor(
    readonly url: string,
    readonly status: number,
    /** What is wrong with it, for people who look closer. */
    readonly because: string,
  ) {
    super(`${url} answered ${status}, but not as Tributary does: ${because}`);
  }
}

/** Whether the same call may succeed later: nobody answered, or somebody who is busy or being replaced. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  const status = error instanceof ApiProblem || error instanceof StrangeAnswer ? error.status : 0;
  return status >= 500 || status === 429 || status === 408;
}

/** `fetch` wraps what happened, and a host with several addresses wraps it once more. Read by members: errors may come from another realm. */
interface Happened {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

function innermost(cause: unknown): Happened | undefined {
  if (typeof cause !== 'object' || cause === null) return undefined;
  const { cause: inner, errors } = cause as Happened;
  return innermost(inner) ?? innermost(errors?.[0]) ?? cause;
}

function sentenceOf(cause: unknown): string {
  const { message, code, name } = innermost(cause) ?? {};
  return [message, code, name].find((text): text is string => typeof text === 'string' && text !== '') ?? String(cause);
}

function networkCodeOf(cause: unknown): string | undefined {
  const { code } = innermost(cause) ?? {};
  return typeof code === 'string' ? code : undefined;
}
