/** The lane of one participant: when it came, how far it is, how it ended, or why it does not take part. */
import { label, wordsForReason } from '@tributary/http-api/words';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { StatusBadge } from '../status/status-badge';
import { lookOf } from '../status/status-look';
import { formatDuration, formatNumber } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { type Language } from '../texts/language';
import { type Lane } from './lanes';
import { LaneMarks } from './lane-marks';
import { type TimeScale } from './time-scale';

export interface ParticipantLaneProps {
  readonly taskId: string;
  readonly lane: Lane;
  readonly scale: TimeScale;
  readonly now: number;
  readonly closedAt: number | undefined;
  /** The window behind it. */
  readonly bands: ReactNode;
}

export function ParticipantLane({ taskId, lane, scale, now, closedAt, bands }: ParticipantLaneProps): ReactNode {
  const { type, state, startedAt, endedAt } = lane;
  return (
    <li className={`lane tone-${lookOf(state).tone} lane-${lane.kind}`}>
      <div className="lane-name">
        <strong>{type}</strong>
        <StatusBadge state={state} />
      </div>
      <div className="lane-track">
        <svg className="track" aria-hidden="true">
          {bands}
          {startedAt !== undefined && <LaneBar {...{ scale, startedAt, isOpen: endedAt === undefined, endedAt: endedAt ?? closedAt ?? now }} />}
          <LaneMarks lane={lane} scale={scale} />
        </svg>
      </div>
      <div className="lane-end">
        <LaneWords taskId={taskId} closedAt={closedAt} lane={lane} />
      </div>
    </li>
  );
}

/** The worst first. */
const severities = ['blocker', 'error', 'warning', 'info'] as const;

interface LaneBarProps {
  readonly scale: TimeScale;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly isOpen: boolean;
}

function LaneBar({ scale, startedAt, endedAt, isOpen }: LaneBarProps): ReactNode {
  const [left, right] = [scale.at(startedAt), scale.at(endedAt)];
  return (
    <rect className={isOpen ? 'lane-bar lane-bar-open' : 'lane-bar'} x={`${left}%`} width={`${Math.max(0.4, right - left)}%`} y="30%" height="40%" rx="4" />
  );
}

interface LaneWordsProps {
  readonly taskId: string;
  readonly closedAt: number | undefined;
  readonly lane: Lane;
}

function LaneWords({ taskId, closedAt, lane }: LaneWordsProps): ReactNode {
  const { type, state, kind, progress, startedAt, endedAt, counts, reason } = lane;
  const { t } = useTranslation('task');
  const language = useLanguage();
  // A policy that amends takes a late one in: it has joined then, and was late all the same.
  const isLate = kind === 'late' || (closedAt !== undefined && startedAt !== undefined && startedAt > closedAt);
  if (kind === 'declined') return <span>{declineText(lane, language)}</span>;
  if (kind === 'silent' || kind === 'awaited') return <span className="dim">{t('usuallyTakesPart')}</span>;
  const found = severities.flatMap((severity) => (counts && counts[severity] > 0 ? [t(`count_${severity}`, { count: counts[severity] })] : []));
  const took = startedAt !== undefined && endedAt !== undefined ? formatDuration(Math.max(0, endedAt - startedAt), language) : '';
  return (
    <>
      {progress && state === 'RUNNING' && (
        <span className="lane-progress">
          <progress max={Math.max(1, progress.total)} value={progress.done} aria-label={t('progress')} />
          {`${formatNumber(progress.done, language)} / ${formatNumber(progress.total, language)} ${progress.unit}`}
        </span>
      )}
      {found.length > 0 && (
        <Link to={`/tasks/${taskId}/findings?${new URLSearchParams({ type }).toString()}`} title={t('findingsOf', { type })}>
          {found.join(language === 'zh' ? '，' : ', ')}
        </Link>
      )}
      {found.length === 0 && reason !== undefined && <span>{reason}</span>}
      {took !== '' && <span className="dim">{took}</span>}
      {isLate && <span>{t('lateText')}</span>}
      {kind === 'unreachable' && <span>{t('unreachableText')}</span>}
    </>
  );
}

/** Of our own workers in the reader's language; others are quoted. */
function declineText({ reason, reasonCode = '' }: Lane, language: Language): string {
  const known = wordsForReason(reasonCode);
  return known ? label(known)[language] : (reason ?? reasonCode);
}
