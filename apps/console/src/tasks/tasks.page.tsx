/** All tasks, newest first, kept fresh while somebody looks. */
import { Button } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api } from '../api/api';
import { EmptyList, ListFrame } from '../lists/list-frame';
import { useListed } from '../lists/use-listed';
import { usePageTitle } from '../shell/page-title';
import { TaskBar } from './task-bar';
import { filterIn, type TaskFilter } from './task-filter';
import { TaskRows } from './task-rows';
import './tasks.css';

export function Component(): ReactNode {
  const { t } = useTranslation('tasks');
  usePageTitle(t('title'));
  const [search, setSearch] = useSearchParams();
  const filter = filterIn(search);
  const narrowed = Object.keys(filter).length > 0;
  const list = useListed(['tasks', filter], (page, signal) => api.tasks({ ...page, ...filter }, { signal }), { live: true });
  const ask = (asked: TaskFilter): void => {
    setSearch(new URLSearchParams(Object.entries(asked) as [string, string][]));
  };
  const clear = (): void => {
    ask({});
  };
  return (
    <>
      <header className="page-head">
        <h1>{t('title')}</h1>
        <span className="page-head-end">
          <span className="dim">{list.items.length > 50 ? t('notLive') : t('live')}</span>
          <Button onClick={list.retry} loading={list.refreshing}>
            {t('refresh')}
          </Button>
        </span>
      </header>
      <TaskBar filter={filter} onFilter={ask} />
      <ListFrame
        list={list}
        empty={
          narrowed ? (
            <EmptyList title={t('noMatchTitle')} text={t('noMatchText')}>
              <Button onClick={clear}>{t('clear')}</Button>
            </EmptyList>
          ) : (
            <EmptyList title={t('noneTitle')} text={t('noneText')}>
              <Link to="/">{t('toUpload')}</Link>
            </EmptyList>
          )
        }
      >
        <TaskRows tasks={list.items} />
      </ListFrame>
    </>
  );
}
