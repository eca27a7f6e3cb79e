/** The scenario and the policies that are shown, as they stand in the address. */
import { builtInPolicies, PolicySnapshot } from '@tributary/facts';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { api } from '../api/api';
import { examples, type ScenarioEvent, scenarioIn, scenarioText } from './scenario';

const addressAfterMs = 300;

export interface ShownScenario {
  readonly events: readonly ScenarioEvent[];
  readonly setEvents: (events: readonly ScenarioEvent[]) => void;
  readonly names: readonly string[];
  readonly setNames: (names: readonly string[]) => void;
  /** Of those names that are known by now. */
  readonly policies: readonly PolicySnapshot[];
  /** The first that could not be read. */
  readonly error: unknown;
  /** All that can be chosen. */
  readonly known: readonly string[];
}

export function useScenario(): ShownScenario {
  const [search, setSearch] = useSearchParams();
  const told = search.get('facts') ?? examples.slow;
  const [events, setEvents] = useState(() => scenarioIn(told));
  const names = (search.get('policies') ?? 'default,fast').split(',').filter((name) => name !== '');
  const text = scenarioText(events);
  useEffect(() => {
    if (text === told) return undefined;
    const timer = setTimeout(() => {
      setSearch(
        (before) => {
          before.set('facts', text);
          return before;
        },
        { replace: true, preventScrollReset: true },
      );
    }, addressAfterMs);
    return () => {
      clearTimeout(timer);
    };
  }, [text, told, setSearch]);
  const list = useQuery({ queryKey: ['policies', 'names'], queryFn: ({ signal }) => api.policies({ limit: 500 }, { signal }) });
  const read = useQueries({
    queries: names.map((name) => ({
      queryKey: ['policies', name],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.policy(name, { signal }),
      // The built-in ones are known without a server.
      enabled: !(name in builtInPolicies),
    })),
  });
  const policies = names.flatMap((name, index) => {
    const builtIn = builtInPolicies[name];
    const snapshot = PolicySnapshot.safeParse(read[index]?.data);
    return builtIn ? [builtIn] : snapshot.success ? [snapshot.data] : [];
  });
  return {
    ...{ events, setEvents, names, policies },
    setNames: (chosen) => {
      setSearch({ facts: text, policies: chosen.join(',') }, { replace: true, preventScrollReset: true });
    },
    error: read.find(({ isError }) => isError)?.error ?? undefined,
    known: [...new Set([...Object.keys(builtInPolicies), ...(list.data?.items.map(({ id }) => id) ?? []), ...names])],
  };
}
