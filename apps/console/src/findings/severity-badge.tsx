/** How bad a finding is: a word, a colour and a shape, so that colour never says it alone. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Severity } from './finding-query';
import './severity.css';

const shapes: Readonly<Record<Severity, string>> = {
  blocker: 'M4.6 1h6.8L15 4.6v6.8L11.4 15H4.6L1 11.4V4.6z',
  error: 'M8 1a7 7 0 1 0 0 14A7 7 0 1 0 8 1z',
  warning: 'M8 1.5 15.2 14.5H.8z',
  info: 'M2.5 2.5h11v11h-11z',
};

export function SeverityMark({ severity }: { readonly severity: Severity }): ReactNode {
  return (
    <svg className={`severity-mark severity-${severity}`} viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
      <path d={shapes[severity]} fill="currentColor" />
    </svg>
  );
}

export function SeverityBadge({ severity }: { readonly severity: Severity }): ReactNode {
  const { t } = useTranslation('findings');
  return (
    <span className={`severity severity-${severity}`}>
      <SeverityMark severity={severity} />
      <span>{t(`severity_${severity}`)}</span>
    </span>
  );
}
