/** What a task is made of, for whoever looks closer. */
import { type Task } from '@tributary/http-api';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration, formatMoment } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { type ShownWindow } from './rounds';

export function TaskDetails({ task, window }: { readonly task: Task; readonly window: ShownWindow }): ReactNode {
  const { t } = useTranslation('task');
  const language = useLanguage();
  const { participationMs, gapMs, deadlineMs, pausedMs } = window;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t('detailTask'), <code key="id">{task.taskId}</code>],
    [t('detailPackage'), <code key="sha">{task.package.sha256}</code>],
    [t('detailWindows'), `${formatDuration(participationMs, language)} · ${formatDuration(gapMs, language)} · ${formatDuration(deadlineMs, language)}`],
    ...(pausedMs > 0 ? [[t('detailPaused'), formatDuration(pausedMs, language)] as const] : []),
    [t('detailLastFact'), formatMoment(task.lastFactAt, language)],
    ...(task.traceId === undefined ? [] : [[t('detailTrace'), <code key="trace">{task.traceId}</code>] as const]),
    ...(task.verdictHash === undefined ? [] : [[t('detailHash'), <code key="hash">{task.verdictHash}</code>] as const]),
  ];
  return (
    <dl className="task-details">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
