/** Facts that contradict each other, and which of them counts. */
import { type Explanation } from '@tributary/http-api';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusIcon } from '../status/status-icon';

export function Conflicts({ explanation: { conflicts } }: { readonly explanation: Explanation }): ReactNode {
  const { t } = useTranslation('why');
  if (conflicts.length === 0) return null;
  return (
    <section className="card tone-warn" aria-labelledby="conflicts">
      <div className="card-head">
        <h2 id="conflicts">{t('conflicts')}</h2>
      </div>
      <ul className="otherwise">
        {conflicts.map((conflict, index) => (
          <li key={index}>
            <span>
              <StatusIcon shape="clock" size={14} /> {typeof conflict['text'] === 'string' ? conflict['text'] : conflict.kind}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
