/** A task as it is now: its document, its explanation, every fact of it, and whether more would arrive by itself. */
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { type Connection } from '@tributary/api-client';
import { type Explanation, type Task } from '@tributary/http-api';
import { useEffect, useState } from 'react';
import { api } from '../api/api';
import { onToken } from '../api/token';
import { useLanguage } from '../texts/i18n';
import { type PlacedFact } from './told';

export type Liveness = 'connecting' | Connection | 'refused';

export interface LiveTask {
  readonly task: UseQueryResult<Task>;
  readonly explanation: UseQueryResult<Explanation>;
  readonly facts: readonly PlacedFact[];
  readonly liveness: Liveness;
}

/** Facts come in bursts: the documents are read once per burst. */
const settleMs = 250;

export function useTask(taskId: string): LiveTask {
  const language = useLanguage();
  const { facts, liveness } = useFacts(taskId);
  const task = useQuery({ queryKey: ['task', taskId], queryFn: ({ signal }) => api.task(taskId, { signal }) });
  const explanation = useQuery({
    queryKey: ['task', taskId, 'explanation', language],
    queryFn: ({ signal }) => api.explanation(taskId, { signal }),
    placeholderData: (before) => before,
  });
  useFreshDocuments(taskId, facts.length);
  return { task, explanation, facts, liveness };
}

function useFreshDocuments(taskId: string, factCount: number): void {
  const client = useQueryClient();
  useEffect(() => {
    if (factCount === 0) return;
    const timer = window.setTimeout(() => void client.invalidateQueries({ queryKey: ['task', taskId] }), settleMs);
    return () => {
      window.clearTimeout(timer);
    };
  }, [client, taskId, factCount]);
}

interface Followed {
  readonly taskId: string;
  readonly facts: readonly PlacedFact[];
  readonly liveness: Liveness;
}

function useFacts(taskId: string): Followed {
  const nothing: Followed = { taskId, facts: [], liveness: 'connecting' };
  const [followed, setFollowed] = useState(nothing);
  const [attempt, setAttempt] = useState(0);
  useEffect(
    () =>
      onToken(() => {
        setAttempt((before) => before + 1);
      }),
    [],
  );
  useEffect(() => {
    const abort = new AbortController();
    const become = (change: (before: Followed) => Partial<Followed>): void => {
      if (!abort.signal.aborted) setFollowed((before) => ({ ...before, ...change(before) }));
    };
    setFollowed({ taskId, facts: [], liveness: 'connecting' });
    void followFacts(taskId, abort.signal, become);
    return () => {
      abort.abort();
    };
  }, [taskId, attempt]);
  return followed.taskId === taskId ? followed : nothing;
}

async function followFacts(taskId: string, signal: AbortSignal, become: (change: (before: Followed) => Partial<Followed>) => void): Promise<void> {
  const waiting: PlacedFact[] = [];
  const flush = (): void => {
    const arrived = waiting.splice(0);
    if (arrived.length > 0) become(({ facts }) => ({ facts: [...facts, ...arrived] }));
  };
  try {
    const onConnection = (liveness: Connection): void => {
      become(() => ({ liveness }));
    };
    for await (const placed of api.follow(taskId, { follow: true, signal, onConnection })) {
      // Thousands may come at once: they are drawn together.
      if (waiting.push(placed) === 1) window.setTimeout(flush, 30);
    }
  } catch {
    // It will not pass by waiting; the document of the task says why.
    become(() => ({ liveness: 'refused' }));
  }
}
