/** One fact on the line, or several that happen so close to each other that they are drawn as one. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusIcon } from '../status/status-icon';
import { type Shape, type Tone } from '../status/status-look';
import { formatDuration } from '../texts/format';
import { useLanguage } from '../texts/i18n';
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

export interface EventMarkProps {
  /** In the order of time; the last one gives the look. */
  readonly events: readonly ScenarioEvent[];
  /** The last one came after the close. */
  readonly late: boolean;
  /** px, of its middle. */
  readonly left: number;
  /** rem. */
  readonly top: number;
}

export function EventMark({ events, late, left, top }: EventMarkProps): ReactNode {
  const { t } = useTranslation('simulator');
  const language = useLanguage();
  const last = events.at(-1);
  if (!last) return null;
  const { tone, shape } = looks[last.what];
  const title = events.map(({ type, what, atMs }) => `${formatDuration(atMs, language)} ${type} ${t(`what_${what}`)}`).join('\n');
  return (
    <span className={`event-mark tone-${tone}${late ? ' event-late' : ''}`} style={{ left: `${String(left)}px`, top: `${String(top)}rem` }} title={title}>
      <StatusIcon shape={shape} size={15} />
      {events.length > 1 && <b className="event-count">{`×${String(events.length)}`}</b>}
    </span>
  );
}
