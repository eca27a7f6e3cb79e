/** The head of a task: product, version, state, and whether what is shown is live. */
import { type Task } from '@tributary/http-api';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusBadge } from '../status/status-badge';
import { StatusIcon } from '../status/status-icon';
import { formatBytes, formatMoment } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { ReportMenu } from '../findings/report-menu';
import { TaskActions } from './task-actions';
import { type Liveness } from './use-task';

export function TaskHead({ task, liveness }: { readonly task: Task; readonly liveness: Liveness }): ReactNode {
  const language = useLanguage();
  const { product, version, package: zip, status, createdAt, openRound } = task;
  return (
    <header className="task-head">
      <div className="task-head-names">
        <h1>
          {product} <span className="task-version">{version}</span>
        </h1>
        <p className="dim">
          {zip.fileName} · {formatBytes(zip.size)} · <time dateTime={createdAt}>{formatMoment(createdAt, language)}</time>
        </p>
      </div>
      <div className="task-head-end">
        <LiveBadge liveness={liveness} />
        <StatusBadge state={status} />
        {openRound && <StatusBadge state="RUNNING" />}
        {task.revision > 0 && <ReportMenu taskId={task.taskId} />}
        <TaskActions task={task} />
      </div>
    </header>
  );
}

/** Says plainly when nothing would arrive by itself. */
function LiveBadge({ liveness }: { readonly liveness: Liveness }): ReactNode {
  const { t } = useTranslation('task');
  const live = liveness === 'live';
  return (
    <span
      className={`live-badge ${live ? 'tone-good' : liveness === 'connecting' ? 'tone-calm' : 'tone-warn'}`}
      role="status"
      title={t(`live_${liveness}_text`)}
    >
      {live ? <span className="live-dot" /> : <StatusIcon shape={liveness === 'connecting' ? 'dots' : 'unplugged'} size={14} />}
      {t(`live_${liveness}`)}
    </span>
  );
}
