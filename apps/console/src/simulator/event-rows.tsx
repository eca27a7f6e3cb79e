/** The facts of a scenario on the line of a policy: a row for each participant, its name once, and nothing over anything. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EventMark } from './event-mark';
import { type MarkRow } from './mark-rows';
import { type ScenarioEvent } from './scenario';

/** rem. */
export const lineHeight = 1.35;
const firstLine = 1.6;

export interface EventRowsProps {
  readonly rows: readonly MarkRow[];
  readonly events: readonly ScenarioEvent[];
  /** Whether the fact at this place of the scenario came after the close. */
  readonly isLate: (index: number) => boolean;
}

export function EventRows({ rows, events, isLate }: EventRowsProps): ReactNode {
  const { t } = useTranslation('simulator');
  const top = (line: number): number => firstLine + line * lineHeight;
  return rows.map(({ type, marks, name, line }) => {
    const allLate = marks.every((mark) => mark.events.every(isLate));
    return (
      <span key={type} className="event-row">
        {marks.map((mark) => (
          <EventMark
            key={mark.events[0]}
            events={mark.events.flatMap((index) => events[index] ?? [])}
            late={isLate(mark.events.at(-1) ?? -1)}
            left={mark.at}
            top={top(line)}
          />
        ))}
        <span
          className={allLate ? 'event-type event-type-late' : 'event-type'}
          style={{ left: `${String(name.left)}px`, top: `${String(top(line + (name.below ? 1 : 0)))}rem`, maxWidth: `${String(name.width)}px` }}
        >
          {type || t('cancelShort')}
        </span>
      </span>
    );
  });
}
