/** How many findings of each severity, the worst first; nothing is said of what there is none of. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SeverityMark } from '../findings/severity-badge';
import { severityOrder } from '../findings/finding-query';
import { type Counts } from './total-counts';
import { formatNumber } from '../texts/format';
import { useLanguage } from '../texts/i18n';

export function SeverityCounts({ counts }: { readonly counts: Counts }): ReactNode {
  const { t } = useTranslation('findings');
  const language = useLanguage();
  const some = severityOrder.filter((severity) => (counts[severity] ?? 0) > 0);
  if (some.length === 0) return <span className="dim">0</span>;
  return (
    <span className="counts">
      {some.map((severity) => (
        <span key={severity} title={t(`severity_${severity}`)}>
          <SeverityMark severity={severity} />
          <span className="visually-hidden">{t(`severity_${severity}`)}</span>
          {formatNumber(counts[severity] ?? 0, language)}
        </span>
      ))}
    </span>
  );
}
