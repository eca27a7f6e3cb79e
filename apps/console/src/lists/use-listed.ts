/** A list of the API as a page reads it: page after page on demand, and kept fresh while somebody looks. */
import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { type Page } from '@tributary/api-client';
import { type ListOf } from '@tributary/http-api';
import { useRef } from 'react';
import { useLanguage } from '../texts/i18n';
import { liveMsMin, nextLiveMs } from './live-pace';

export interface Listed<Item> {
  readonly items: readonly Item[];
  /** There was an answer. */
  readonly known: boolean;
  readonly error: unknown;
  readonly more: boolean;
  readonly loadingMore: boolean;
  /** Asking again in the background. */
  readonly refreshing: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

export interface ListedOptions {
  /** Asked again by itself. Only the first page: a long list stands still while it is read. */
  readonly live?: boolean;
  readonly pageSize?: number;
}

export function useListed<Item>(
  key: readonly unknown[],
  read: (page: Page, signal: AbortSignal) => Promise<ListOf<Item>>,
  { live = false, pageSize = 50 }: ListedOptions = {},
): Listed<Item> {
  const language = useLanguage();
  const interval = useLiveInterval(live);
  const query = useInfiniteQuery({
    queryKey: [...key, language],
    queryFn: ({ pageParam, signal }) => read({ limit: pageSize, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: ListOf<Item>) => last.nextCursor,
    refetchInterval: ({ state }) => interval(state.data as InfiniteData<unknown> | undefined, state.status === 'error'),
  });
  return {
    items: query.data?.pages.flatMap((page) => page.items) ?? [],
    known: query.data !== undefined,
    error: query.isError ? query.error : undefined,
    more: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    refreshing: query.isRefetching,
    loadMore: () => {
      void query.fetchNextPage();
    },
    retry: () => {
      void query.refetch();
    },
  };
}

/** Not while the tab is hidden (the query client sees to that), nor once somebody has read on, nor after an error: the banner does that. */
function useLiveInterval(live: boolean): (data: InfiniteData<unknown> | undefined, failed: boolean) => number | false {
  const pace = useRef<{ data: unknown; ms: number }>({ data: undefined, ms: liveMsMin });
  return (data, failed) => {
    if (!live || failed || (data?.pages.length ?? 0) > 1) return false;
    const { current } = pace;
    // Equal answers are the same object: the query client sees to that, too.
    if (current.data !== data) pace.current = { data, ms: nextLiveMs(current.ms, true) };
    else pace.current = { data, ms: nextLiveMs(current.ms, false) };
    return pace.current.ms;
  };
}
