/** What a worker does about the platform's facts: it remembers, and is done. No handler opens a package. */
import { type Fact, type MainTaskCreated, type RescanRequested, type WindowClosed } from '@tributary/facts';
import { type Handler } from '@tributary/fact-bus';
import { type Candidate, type RunKey } from '../runs/run';
import { type ClosedWindow, type RunMemory } from '../runs/run.memory';

export interface GateFactsOptions {
  readonly subTaskType: string;
  readonly memory: RunMemory;
  /** After the commit: there are new candidates. */
  readonly onCandidates: (count: number) => void;
  /** After the commit: nobody wants these any more. */
  readonly onEnded: (runs: readonly RunKey[]) => void;
}

/** What the handler looks at. */
export const gateFactTypes: readonly string[] = ['MainTaskCreated', 'RescanRequested', 'WindowClosed'];

export function gateFactsHandler({ subTaskType, memory, onCandidates, onEnded }: GateFactsOptions): Handler {
  return async (batch, tx) => {
    const facts = batch.map(({ fact }) => fact);
    const candidates = facts.flatMap((fact) => candidateOf(fact, subTaskType));
    const added = candidates.length > 0 ? await memory.add(tx, candidates) : 0;
    // After the candidates: a round that opens and closes in one batch is left alone.
    const windows = facts.flatMap(closedBy);
    const ended = windows.length > 0 ? await memory.close(tx, windows) : [];
    tx.afterCommit(() => {
      if (ended.length > 0) onEnded(ended);
      if (added > 0) onCandidates(added);
    });
    return [];
  };
}

function candidateOf(fact: Fact, subTaskType: string): Candidate[] {
  if (fact.type !== 'MainTaskCreated' && fact.type !== 'RescanRequested') return [];
  const { tenant, id, traceparent } = fact;
  const { taskId, round, context, policy } = fact.data as MainTaskCreated['data'] | RescanRequested['data'];
  return [{ tenant, taskId, round, subTaskType, causeId: id, traceparent, context, budgets: policy.budgets }];
}

function closedBy(fact: Fact): ClosedWindow[] {
  if (fact.type !== 'WindowClosed') return [];
  const { taskId, round, closedBy: by } = fact.data as WindowClosed['data'];
  return [{ tenant: fact.tenant, taskId, round, cancelled: by === 'CANCELLED' }];
}
