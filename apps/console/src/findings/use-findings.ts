/** The findings of a task as the page reads them, and the question that it asks about them. */
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useSearchParams } from 'react-router';
import { api } from '../api/api';
import { onBackAgain } from '../api/connection';
import { onToken } from '../api/token';
import { useLanguage } from '../texts/i18n';
import { type FindingQuery, queryIn, searchOf } from './finding-query';
import { type FindingsState, FindingsStore } from './findings-store';

const pageSize = 500;
/** Browsers refuse addresses that change with every key that is held down. */
const addressAfterMs = 250;

export interface ShownFindings {
  readonly store: FindingsStore;
  readonly state: FindingsState;
  /** Somebody has reported since: what is shown stays until the new list is complete. */
  readonly refreshing: boolean;
  readonly retry: () => void;
}

/** `reported`: of `reportedBy`; another one is another list. */
export function useFindings(taskId: string, query: FindingQuery, reported: string): ShownFindings {
  const language = useLanguage();
  // Messages are in one language: another one is another list.
  const newest = useMemo(
    () => new FindingsStore((cursor, signal) => api.findings(taskId, { limit: pageSize, cursor }, { signal })),
    [taskId, language, reported],
  );
  const [attempt, setAttempt] = useState(0);
  const retry = useMemo(
    () => () => {
      setAttempt((before) => before + 1);
    },
    [],
  );
  useEffect(() => newest.start(), [newest, attempt]);
  useEffect(() => onBackAgain(retry), [retry]);
  useEffect(() => onToken(retry), [retry]);
  const { complete, error } = useSyncExternalStore(newest.subscribe, newest.state);
  const [shown, setShown] = useState({ store: newest, language });
  const { store } = shown;
  const state = useSyncExternalStore(store.subscribe, store.state);
  const refreshing = store !== newest;
  if (refreshing && (complete || state.loaded === 0 || shown.language !== language)) setShown({ store: newest, language });
  const { by, type, severity, rule, path, text } = query;
  useEffect(() => {
    const asked: FindingQuery = {
      by,
      ...(type !== undefined && { type }),
      ...(severity && { severity }),
      ...(rule !== undefined && { rule }),
      ...(path !== undefined && { path }),
      ...(text !== undefined && { text }),
    };
    for (const each of new Set([newest, store])) each.show(asked);
  }, [newest, store, by, type, severity, rule, path, text]);
  return { store, state: refreshing && error !== undefined ? { ...state, error } : state, refreshing, retry };
}

export interface FindingAddress {
  readonly query: FindingQuery;
  /** Changes the question; `undefined` takes a filter away. */
  readonly ask: (changes: Partial<Record<keyof FindingQuery, string | undefined>>) => void;
  /** Opens a finding, or none. */
  readonly open: (fingerprint: string | undefined) => void;
  /** Of the open finding. */
  readonly url: string;
}

/** The question stands in the address at once; which finding is open follows when the keys are at rest. */
export function useFindingAddress(): FindingAddress {
  const [search, setSearch] = useSearchParams();
  const told = useMemo(() => queryIn(search), [search]);
  const [opened, setOpened] = useState(told.finding);
  // Back, forward, or another link to this page.
  const [followed, setFollowed] = useState(told.finding);
  if (followed !== told.finding) {
    setFollowed(told.finding);
    setOpened(told.finding);
  }
  const query = useMemo((): FindingQuery => {
    const { finding: _told, ...rest } = told;
    return opened === undefined ? rest : { ...rest, finding: opened };
  }, [told, opened]);
  useEffect(() => {
    if (query.finding === told.finding) return undefined;
    const timer = setTimeout(() => {
      setSearch(searchOf(query), { replace: true, preventScrollReset: true });
    }, addressAfterMs);
    return () => {
      clearTimeout(timer);
    };
  }, [query, told.finding, setSearch]);
  return {
    query,
    ask: (changes) => {
      const asked = searchOf(query);
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined || value === '') asked.delete(name);
        else asked.set(name, value);
      }
      setSearch(searchOf(queryIn(asked)), { replace: true, preventScrollReset: true });
    },
    open: setOpened,
    url: `${window.location.origin}${window.location.pathname}?${searchOf(query).toString()}`,
  };
}
