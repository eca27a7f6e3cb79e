/** The table of tasks. */
import { type Participant, type Task } from '@tributary/http-api';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { onArrowKeys } from '../lists/arrow-rows';
import { Moment } from '../lists/moment';
import { SeverityCounts } from '../lists/severity-counts';
import { totalCounts } from '../lists/total-counts';
import { StatusBadge, useStateWord } from '../status/status-badge';
import { StatusIcon } from '../status/status-icon';
import { lookOf } from '../status/status-look';
import { formatBytes } from '../texts/format';

export function TaskRows({ tasks }: { readonly tasks: readonly Task[] }): ReactNode {
  const { t } = useTranslation('tasks');
  return (
    <div className="card list-wrap">
      <table className="list-table" onKeyDown={onArrowKeys}>
        <thead>
          <tr>
            <th scope="col">{t('status')}</th>
            <th scope="col">{t('version')}</th>
            <th scope="col">{t('package')}</th>
            <th scope="col">{t('participants')}</th>
            <th scope="col">{t('findings')}</th>
            <th scope="col">{t('uploaded')}</th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <TaskRow key={task.taskId} task={task} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TaskRow({ task }: { readonly task: Task }): ReactNode {
  const { t } = useTranslation('tasks');
  const { taskId, status, product, version, package: file, participants, createdAt, openRound } = task;
  return (
    <tr>
      <td className="nowrap">
        <StatusBadge state={status} />
        {openRound !== undefined && <span className="dim"> {t('roundOpen', { round: openRound.round })}</span>}
      </td>
      <td>
        <Link className="list-main" data-stop to={`/tasks/${taskId}`}>
          <bdi>{product}</bdi> <bdi>{version}</bdi>
        </Link>
      </td>
      <td data-label={t('package')}>
        <span className="task-file" title={file.fileName}>
          {file.fileName}
        </span>{' '}
        <span className="dim nowrap">{formatBytes(file.size)}</span>
      </td>
      <td data-label={t('participants')}>
        <TookPart participants={participants} isOver={status !== 'INIT' && status !== 'RUNNING'} />
      </td>
      <td data-label={t('findings')} className="nowrap">
        <Link to={`/tasks/${taskId}/findings`}>
          <span className="visually-hidden">{t('findingsOf', { product, version })}: </span>
          <SeverityCounts counts={totalCounts(participants)} />
        </Link>
      </td>
      <td data-label={t('uploaded')} className="nowrap">
        <Moment at={createdAt} />
      </td>
    </tr>
  );
}

interface TookPartProps {
  readonly participants: readonly Participant[];
  readonly isOver: boolean;
}

/** Who declined or kept silent is no part of a verdict, and not shown here. */
function TookPart({ participants, isOver }: TookPartProps): ReactNode {
  const { t } = useTranslation('tasks');
  const word = useStateWord();
  const took = participants.filter(({ kind }) => kind !== 'declined' && kind !== 'silent');
  if (took.length === 0) return <span className="dim">{t(isOver ? 'nobody' : 'nobodyYet')}</span>;
  return (
    <span className="took-part">
      {took.map(({ type, kind, outcome }) => {
        const state = kind === 'joined' ? (outcome ?? 'RUNNING') : kind;
        const { tone, shape } = lookOf(state);
        return (
          <span key={type} title={word(state)} className={`tone-${tone}`}>
            <span className="took-part-icon">
              <StatusIcon shape={shape} size={13} />
            </span>
            <span className="visually-hidden">{word(state)}: </span>
            {type}
          </span>
        );
      })}
    </span>
  );
}
