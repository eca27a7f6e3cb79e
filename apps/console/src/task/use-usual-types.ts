/** Who usually takes part in the product of a task, read once for a page: habits change slowly. */
import { useQuery } from '@tanstack/react-query';
import { type Task } from '@tributary/http-api';
import { api } from '../api/api';
import { hasHabits, usualTypes } from './usual-types';

/** More than the verdicts that count: some of the newest tasks have none yet. */
const tasksAsked = 20;
const nobody: readonly string[] = [];

/** Empty until it is known, and where `wanted` is false. */
export function useUsualTypes({ taskId, product }: Task, wanted: boolean): readonly string[] {
  const { data = nobody } = useQuery({
    queryKey: ['usual types', product, taskId],
    queryFn: async ({ signal }) => usualTypes((await api.tasks({ product, limit: tasksAsked }, { signal })).items),
    enabled: wanted && hasHabits(product),
    staleTime: Infinity,
  });
  return data;
}
