/** The verdicts so far, when there is more than one. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusBadge } from '../status/status-badge';
import { type PlacedFact } from '../task/told';
import { formatMoment } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { revisionsIn } from './revisions';

export function Revisions({ facts }: { readonly facts: readonly PlacedFact[] }): ReactNode {
  const { t } = useTranslation('why');
  const language = useLanguage();
  const revisions = revisionsIn(facts.map(({ fact }) => fact));
  if (revisions.length < 2) return null;
  return (
    <section className="card" aria-labelledby="revisions">
      <div className="card-head">
        <h2 id="revisions">{t('revisions')}</h2>
      </div>
      <ol className="revisions" reversed>
        {revisions.map(({ revision, round, status, at, because }) => (
          <li key={revision}>
            <StatusBadge state={status} />
            <span>{t('revisionOf', { revision, round })}</span>
            {because !== undefined && <span>{because === 'RESCAN' ? t('because_RESCAN') : t('because_LATE_FACTS')}</span>}
            <time className="dim" dateTime={at}>
              {formatMoment(at, language)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}
