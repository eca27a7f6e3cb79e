/** The frame around the views of one task: what it is, how it stands, what can be done with it. */
import { Skeleton } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useParams } from 'react-router';
import { ProblemView } from '../problem/problem-view';
import { usePageTitle } from '../shell/page-title';
import { useStateWord } from '../status/status-badge';
import { TaskHead } from './task-head';
import { TaskTabs } from './task-tabs';
import { type TaskView } from './task-view';
import { useTask } from './use-task';
import './task.css';

export function Component(): ReactNode {
  const { t } = useTranslation('task');
  const { taskId = '' } = useParams();
  const live = useTask(taskId);
  const word = useStateWord();
  const { data, error, refetch } = live.task;
  usePageTitle(data ? `${word(data.openRound ? 'RUNNING' : data.status)} · ${data.product} ${data.version}` : t('title'));
  if (!data && error) {
    return (
      <div className="whole-page">
        <h1>{t('notThere')}</h1>
        <ProblemView error={error} onRetry={() => void refetch()} />
        <p>
          <Link to="/tasks">{t('allTasks')}</Link>
        </p>
      </div>
    );
  }
  if (!data) {
    return (
      <div role="status" aria-label={t('loading')}>
        <Skeleton active paragraph={{ rows: 8 }} />
      </div>
    );
  }
  const view: TaskView = { ...live, task: data };
  return (
    <>
      <TaskHead task={data} liveness={live.liveness} />
      <TaskTabs taskId={taskId} />
      {error && <ProblemView error={error} onRetry={() => void refetch()} />}
      <Outlet context={view} />
    </>
  );
}
