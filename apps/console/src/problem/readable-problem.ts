/** What went wrong, whatever it was, in parts that a page can show. Pure. */
import { ApiProblem, StrangeAnswer, Unreachable } from '@tributary/api-client';

export interface ProblemFault {
  /** A field, a pointer into the body, or nothing. */
  readonly field?: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

export interface ReadableProblem {
  readonly kind: 'problem' | 'unreachable' | 'strange' | 'unknown';
  /** Of the server's own words; the page has words for the other kinds. */
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly traceId?: string;
  readonly faults: readonly ProblemFault[];
}

export function readableProblem(error: unknown): ReadableProblem {
  if (error instanceof ApiProblem) {
    const { title, detail, code, traceId, errors = [] } = error.problem;
    const faults = errors.map(faultOf).filter(({ message }) => message !== detail);
    return { kind: 'problem', title, detail, code, faults, ...(traceId !== undefined && { traceId }) };
  }
  if (error instanceof Unreachable) return { kind: 'unreachable', faults: [] };
  if (error instanceof StrangeAnswer) return { kind: 'strange', detail: error.because, faults: [] };
  return { kind: 'unknown', detail: error instanceof Error ? error.message : String(error), faults: [] };
}

type ToldFault = NonNullable<ApiProblem['problem']['errors']>[number];

function faultOf({ parameter, pointer, line, column, message }: ToldFault): ProblemFault {
  const place = [parameter, pointer?.replace(/^\//, '').replaceAll('/', ' › ')].filter((part) => part !== undefined && part !== '');
  return {
    message,
    ...(place.length > 0 && { field: place.join(' › ') }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}
