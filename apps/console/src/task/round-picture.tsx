/** The window of a round as time, with a lane for everybody below it. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { type Lane } from './lanes';
import { ParticipantLane } from './participant-lane';
import { type ShownWindow } from './rounds';
import { timeScale } from './time-scale';
import { gapEndsAt } from './waiting';
import { WindowBands } from './window-bands';

export interface RoundPictureProps {
  readonly taskId: string;
  readonly window: ShownWindow;
  readonly lanes: readonly Lane[];
  readonly now: number;
}

export function RoundPicture({ taskId, window, lanes, now }: RoundPictureProps): ReactNode {
  const { t } = useTranslation('task');
  const language = useLanguage();
  const moments = lanes.flatMap(({ marks }) => marks.map(({ at }) => at));
  const scale = timeScale(window, now, moments);
  const gapEnds = gapEndsAt(window, lanes);
  const bands = <WindowBands {...{ window, scale, now, gapEnds }} />;
  return (
    <div className="picture">
      <div className="lane lane-window">
        <div className="lane-name">
          <strong>{t('window')}</strong>
        </div>
        <div className="lane-track">
          <div className="track-words" aria-hidden="true">
            {scale.ticks.map((tick) => (
              <span key={tick} className={scale.at(scale.from + tick) > 97 ? 'tick tick-last' : 'tick'} style={{ left: `${scale.at(scale.from + tick)}%` }}>
                {tick === 0 ? '0' : formatDuration(tick, language)}
              </span>
            ))}
          </div>
          <svg className="track" role="img" aria-label={t('windowWords', wordsOf(window, language))}>
            {bands}
          </svg>
          <WindowLabels {...{ window, scale, gapEnds }} />
        </div>
        <div className="lane-end dim">{scale.deadlineBeyond && window.closedAt === undefined ? t('deadlineBeyond', wordsOf(window, language)) : ''}</div>
      </div>
      <ul className="lanes">
        {lanes.map((lane) => (
          <ParticipantLane key={lane.type} taskId={taskId} lane={lane} scale={scale} now={now} closedAt={window.closedAt} bands={bands} />
        ))}
      </ul>
      {lanes.length === 0 && <p className="lanes-none dim">{window.closedAt === undefined ? t('nobodyYet') : t('nobody')}</p>}
      <Legend isOpen={window.closedAt === undefined} hasBeats={lanes.some(({ marks }) => marks.some(({ fact }) => fact.type === 'SubTaskProgressed'))} />
    </div>
  );
}

function wordsOf(
  { participationMs, gapMs, deadlineMs }: ShownWindow,
  language: ReturnType<typeof useLanguage>,
): Record<'participation' | 'gap' | 'deadline', string> {
  return { participation: formatDuration(participationMs, language), gap: formatDuration(gapMs, language), deadline: formatDuration(deadlineMs, language) };
}

interface WindowLabelsProps {
  readonly window: ShownWindow;
  readonly scale: ReturnType<typeof timeScale>;
  readonly gapEnds: number;
}

/** What the lines of the window mean, where there is room for it. */
function WindowLabels({ window: { participationEndsAt, closedAt, closedBy, deadlineAt, openedAt }, scale, gapEnds }: WindowLabelsProps): ReactNode {
  const { t } = useTranslation('task');
  if (openedAt === undefined) return null;
  const showsGap = gapEnds > (participationEndsAt ?? 0);
  return (
    <div className="track-words track-labels" aria-hidden="true">
      <span style={{ left: 0, width: `${scale.at(participationEndsAt ?? openedAt)}%` }} className="label-participation">
        {t('participation')}
      </span>
      {closedAt !== undefined && (
        <span style={{ right: `${100 - scale.at(closedAt)}%` }} className="label-closed">
          {t(closedBy === 'DEADLINE' || closedBy === 'CANCELLED' ? `closedBy_${closedBy}` : 'closedBy_QUIET')}
        </span>
      )}
      {closedAt === undefined && showsGap && (
        <span style={{ left: `${Math.min(80, scale.at(gapEnds))}%` }} className="label-gap">
          {t('gap')}
        </span>
      )}
      {!scale.deadlineBeyond && closedBy !== 'DEADLINE' && (
        <span style={{ right: `${100 - scale.at(deadlineAt ?? scale.to)}%` }} className="label-deadline">
          {t('deadline')}
        </span>
      )}
    </div>
  );
}

interface LegendProps {
  readonly isOpen: boolean;
  readonly hasBeats: boolean;
}

function Legend({ isOpen, hasBeats }: LegendProps): ReactNode {
  const { t } = useTranslation('task');
  return (
    <ul className="legend dim" aria-hidden="true">
      <li>
        <i className="swatch swatch-participation" /> {t('legendParticipation')}
      </li>
      <li>
        <i className="swatch swatch-gap" /> {t('legendGap')}
      </li>
      <li>
        <i className="swatch swatch-late" /> {t('legendLate')}
      </li>
      <li>
        <i className={`swatch ${isOpen ? 'swatch-now' : 'swatch-closed'}`} /> {t(isOpen ? 'legendNow' : 'legendClosed')}
      </li>
      {hasBeats && (
        <li>
          <i className="swatch swatch-beat" /> {t('legendBeat')}
        </li>
      )}
    </ul>
  );
}
