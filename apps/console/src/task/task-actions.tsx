/** What a person may ask for: the end of an open window, another round after it. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Task } from '@tributary/http-api';
import { Button, Popconfirm } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/api';
import { ProblemView } from '../problem/problem-view';
import { isOpen } from './rounds';

export function TaskActions({ task }: { readonly task: Task }): ReactNode {
  const { t } = useTranslation('task');
  const { taskId } = task;
  const client = useQueryClient();
  const action = useMutation({
    mutationFn: (what: 'cancel' | 'rescan') => (what === 'cancel' ? api.cancel(taskId) : api.rescan(taskId)),
    onSettled: () => client.invalidateQueries({ queryKey: ['task', taskId] }),
  });
  const what = isOpen(task) ? 'cancel' : 'rescan';
  return (
    <>
      <Popconfirm
        title={t(`ask_${what}`)}
        description={<span className="ask-text">{t(`text_${what}`)}</span>}
        okText={t(`yes_${what}`)}
        cancelText={t('leave')}
        onConfirm={() => {
          action.mutate(what);
        }}
      >
        <Button loading={action.isPending} danger={what === 'cancel'}>
          {t(`do_${what}`)}
        </Button>
      </Popconfirm>
      {action.isError && (
        <div className="action-failed">
          <ProblemView error={action.error} />
        </div>
      )}
    </>
  );
}
