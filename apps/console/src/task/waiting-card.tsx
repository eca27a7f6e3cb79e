/** What an open window waits for, counted down. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusIcon } from '../status/status-icon';
import { formatCountdown } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { type Lane } from './lanes';
import { type ShownWindow } from './rounds';
import { type Wait, waitsOf } from './waiting';

export interface WaitingCardProps {
  readonly window: ShownWindow;
  readonly lanes: readonly Lane[];
  readonly now: number;
  /** What is shown may be old. */
  readonly stale: boolean;
}

export function WaitingCard({ window, lanes, now, stale }: WaitingCardProps): ReactNode {
  const { t } = useTranslation('task');
  const waits = waitsOf(window, lanes, now);
  return (
    <section className="card waiting-card tone-busy" aria-label={t('waitsFor')}>
      <StatusIcon shape="dots" size={22} />
      <div>
        <h2>{t('waitsFor')}</h2>
        <ul>
          {waits.map((wait) => (
            <WaitLine key={wait.code} wait={wait} />
          ))}
        </ul>
        {window.pausedMs > 0 && <p className="dim">{t('paused')}</p>}
        {stale && (
          <p className="waiting-stale tone-warn">
            <StatusIcon shape="unplugged" size={14} /> {t('stale')}
          </p>
        )}
      </div>
    </section>
  );
}

function WaitLine({ wait }: { readonly wait: Wait }): ReactNode {
  const { t } = useTranslation('task');
  const language = useLanguage();
  const left = 'leftMs' in wait ? formatCountdown(wait.leftMs, language) : '';
  const types = wait.code === 'unfinished' ? wait.types.join(language === 'zh' ? '、' : ', ') : '';
  return (
    <li>
      <span>{t(`wait_${wait.code}`, { types })}</span>
      {left !== '' && <b className="countdown">{wait.code === 'unfinished' ? t('atMost', { left }) : left}</b>}
    </li>
  );
}
