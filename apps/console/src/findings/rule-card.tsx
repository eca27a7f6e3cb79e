/** The page of a rule beside its finding: what it looks for and why it matters, as the worker that found it says. */
import { useQuery } from '@tanstack/react-query';
import { type ShownFinding } from '@tributary/http-api';
import { Skeleton } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/api';
import { ProblemView } from '../problem/problem-view';
import { useLanguage } from '../texts/i18n';
import { SeverityBadge } from './severity-badge';

export interface RuleCardProps {
  readonly taskId: string;
  readonly finding: ShownFinding;
  readonly onShowRule: () => void;
}

export function RuleCard({ taskId, finding, onShowRule }: RuleCardProps): ReactNode {
  const { t } = useTranslation('findings');
  const language = useLanguage();
  const rules = useQuery({ queryKey: ['rules', taskId, language], queryFn: ({ signal }) => api.rules(taskId, { signal }), staleTime: 60_000 });
  const rule = rules.data?.items.find(({ type, id }) => type === finding.type && id === finding.ruleId);
  return (
    <section className="rule-page" aria-label={t('rulePage')}>
      <h3>
        <code>{finding.ruleId}</code>
        {rule?.severity !== undefined && <SeverityBadge severity={rule.severity} />}
      </h3>
      {rules.isPending && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {rules.isError && (
        <ProblemView
          error={rules.error}
          onRetry={() => {
            void rules.refetch();
          }}
        />
      )}
      {rules.isSuccess && !rule && <p className="dim">{t('ruleUnknown')}</p>}
      {rule?.title !== undefined && <p className="rule-title">{rule.title}</p>}
      {rule?.why !== undefined && (
        <p>
          <span className="dim">{t('why')}: </span>
          {rule.why}
        </p>
      )}
      {rule?.source !== undefined && (
        <p className="dim">
          {t('ruleSource')}: {rule.source}
        </p>
      )}
      <button type="button" className="link-button" onClick={onShowRule}>
        {t('showRule')}
      </button>
    </section>
  );
}
