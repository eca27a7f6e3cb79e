/** One policy's window over the facts of the scenario: participation, the quiet gap, the close, and what came too late. */
import { participantsOf, renderExplanation, type Simulation } from '@tributary/convergence';
import { type PolicySnapshot } from '@tributary/facts';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusBadge } from '../status/status-badge';
import { formatDuration } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { EventRows, lineHeight } from './event-rows';
import { linesOf, markRows } from './mark-rows';
import { eventIdOf, type ScenarioEvent } from './scenario';
import { type TimeScale } from './time-line';
import { useWidth } from './use-width';

/** px: a name that is cut off after its first letter says nothing. */
const labelWidthMin = 48;

export interface WindowLaneProps {
  readonly policy: PolicySnapshot;
  readonly events: readonly ScenarioEvent[];
  readonly simulation: Simulation;
  readonly scale: TimeScale;
}

export function WindowLane({ policy, events, simulation, scale }: WindowLaneProps): ReactNode {
  const { t } = useTranslation('simulator');
  const language = useLanguage();
  const { closedAtMs, verdict, lateFactIds, state } = simulation;
  const { status, explanation } = verdict;
  const told = renderExplanation({ ...explanation, participants: participantsOf(state, {}) }, language);
  const closedBy = explanation.closed.by;
  const late = new Set(lateFactIds);
  const line = useWidth();
  const rows = line.width > 0 ? markRows(events, scale, line.width, (type) => type || t('cancelShort')) : [];
  const gapFrom = closedBy === 'QUIET' && closedAtMs > policy.participationMs ? closedAtMs - policy.gapMs : undefined;
  const width = (from: number, to: number): { left: string; width: string } => ({
    left: `${String(scale.at(from))}%`,
    width: `${String(scale.at(to) - scale.at(from))}%`,
  });
  return (
    <section className="card window-lane" aria-label={t('laneOf', { policy: policy.id })}>
      <header>
        <h2 className="mono">{policy.id}</h2>
        <StatusBadge state={status} />
        <span className="dim">{t(`closed_${closedBy}`, { at: formatDuration(closedAtMs, language) })}</span>
      </header>
      <div className="lane-line" aria-hidden="true" ref={line.ref} style={{ height: `${String(1.9 + lineHeight * Math.max(1, linesOf(rows)))}rem` }}>
        <span className="lane-open" style={width(0, closedAtMs)} />
        <span className="lane-participation" style={width(0, Math.min(policy.participationMs, closedAtMs))}>
          {t('participation')}
        </span>
        {gapFrom !== undefined && (
          <span className="lane-gap" style={width(gapFrom, closedAtMs)}>
            {((scale.at(closedAtMs) - scale.at(gapFrom)) / 100) * line.width >= labelWidthMin && t('gap')}
          </span>
        )}
        {policy.deadlineMs <= scale.endMs && <span className="lane-deadline" style={{ left: `${String(scale.at(policy.deadlineMs))}%` }} />}
        <span className="lane-close" style={{ left: `${String(scale.at(closedAtMs))}%` }} />
        <EventRows rows={rows} events={events} isLate={(index) => late.has(eventIdOf(index))} />
      </div>
      <p className="lane-text">{told.text}</p>
      {late.size > 0 && <p className="lane-late">{t('lateText', { count: late.size })}</p>}
    </section>
  );
}
