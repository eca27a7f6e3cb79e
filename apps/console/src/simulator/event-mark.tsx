/** One fact on the line. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusIcon } from '../status/status-icon';
import { type Shape, type Tone } from '../status/status-look';
import { type Happening, type ScenarioEvent } from './scenario';

const looks: Readonly<Record<Happening, { readonly tone: Tone; readonly shape: Shape }>> = {
  started: { tone: 'busy', shape: 'ring' },
  pass: { tone: 'good', shape: 'check' },
  warn: { tone: 'warn', shape: 'half' },
  quality: { tone: 'bad', shape: 'cross' },
  transient: { tone: 'bad', shape: 'unplugged' },
  unrecoverable: { tone: 'bad', shape: 'unplugged' },
  declined: { tone: 'calm', shape: 'minus' },
  cancel: { tone: 'calm', shape: 'slash' },
};

/** Of a participant's line, rem. */
export const rowHeight = 1.35;

export interface EventMarkProps {
  readonly event: ScenarioEvent;
  readonly late: boolean;
  /** Percent. */
  readonly left: number;
  readonly row: number;
}

export function EventMark({ event, late, left, row }: EventMarkProps): ReactNode {
  const { t } = useTranslation('simulator');
  const { tone, shape } = looks[event.what];
  return (
    <span
      className={`event-mark tone-${tone}${late ? ' event-late' : ''}`}
      style={{ left: `${String(left)}%`, top: `${String(1.6 + row * rowHeight)}rem` }}
      title={`${event.type} ${t(`what_${event.what}`)}`}
    >
      <StatusIcon shape={shape} size={15} />
      <span className="event-type">{event.type}</span>
    </span>
  );
}
