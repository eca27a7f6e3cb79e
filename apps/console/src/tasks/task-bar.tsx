/** The search and the filter of the list of tasks. */
import { taskStatuses, type TaskStatus } from '@tributary/facts';
import { Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useStateWord } from '../status/status-badge';
import { searchedFor, type TaskFilter } from './task-filter';

export interface TaskBarProps {
  readonly filter: TaskFilter;
  readonly onFilter: (filter: TaskFilter) => void;
}

export function TaskBar({ filter, onFilter }: TaskBarProps): ReactNode {
  const { t } = useTranslation('tasks');
  const word = useStateWord();
  const navigate = useNavigate();
  const told = [filter.product, filter.version].filter((part) => part !== undefined).join(' ');
  const [typed, setTyped] = useState(told);
  const [before, setBefore] = useState(told);
  if (before !== told) {
    setBefore(told);
    setTyped(told);
  }
  const search = (text: string): void => {
    const sought = searchedFor(text);
    if ('taskId' in sought) void navigate(`/tasks/${sought.taskId}`);
    else onFilter({ ...(filter.status && { status: filter.status }), ...sought });
  };
  return (
    <div className="list-bar" role="search">
      <Input.Search
        className="bar-wide"
        allowClear
        aria-label={t('search')}
        placeholder={t('searchHint')}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
        }}
        onSearch={search}
      />
      <Select<TaskStatus | ''>
        aria-label={t('status')}
        value={filter.status ?? ''}
        options={[{ value: '', label: t('anyStatus') }, ...taskStatuses.map((status) => ({ value: status, label: word(status) }))]}
        onChange={(status) => {
          const { status: _old, ...rest } = filter;
          onFilter(status === '' ? rest : { ...rest, status });
        }}
      />
    </div>
  );
}
