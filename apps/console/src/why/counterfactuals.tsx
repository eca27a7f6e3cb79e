/** What would have had to be different, each with the verdict that it would have given. */
import { type Explanation } from '@tributary/http-api';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusBadge } from '../status/status-badge';

export function Counterfactuals({ explanation: { counterfactuals } }: { readonly explanation: Explanation }): ReactNode {
  const { t } = useTranslation('why');
  if (counterfactuals.length === 0) return null;
  return (
    <section className="card" aria-labelledby="otherwise">
      <div className="card-head">
        <h2 id="otherwise">{t('otherwise')}</h2>
        <span className="dim">{t('otherwiseText')}</span>
      </div>
      <ul className="otherwise">
        {counterfactuals.map(({ wouldBe, ...told }, index) => (
          <li key={index}>
            {/* The server has tried each and says it in words; the type of the document leaves them out. */}
            <span>{typeof told['text'] === 'string' ? told['text'] : JSON.stringify(told.change)}</span>
            <StatusBadge state={wouldBe} />
          </li>
        ))}
      </ul>
    </section>
  );
}
