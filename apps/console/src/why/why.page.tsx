/** Why the verdict is what it is: the rule with its values, what would have changed it, and the facts behind it. */
import { Skeleton } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../problem/problem-view';
import { useTaskView } from '../task/task-view';
import { Conflicts } from './conflicts';
import { Counterfactuals } from './counterfactuals';
import { DecisionTable } from './decision-table';
import { FactTimeline } from './fact-timeline';
import { Revisions } from './revision-list';
import { RuleCard } from './rule-card';
import './why.css';

export function Component(): ReactNode {
  const { t } = useTranslation('why');
  const { explanation, facts } = useTaskView();
  const { data, error, refetch } = explanation;
  if (!data) return error ? <ProblemView error={error} onRetry={() => void refetch()} /> : <Skeleton active aria-label={t('loading')} />;
  return (
    <div className="why">
      <div className="why-main">
        {data.rule ? (
          <RuleCard explanation={data} rule={data.rule} />
        ) : (
          <section className="card card-body">
            <h2>{t('notYet')}</h2>
            <p className="why-text">{data.text}</p>
          </section>
        )}
        <Counterfactuals explanation={data} />
        <Conflicts explanation={data} />
        <FactTimeline facts={facts} witness={data.witness} />
      </div>
      <aside className="why-side">
        {data.rule && <DecisionTable decidedBy={data.rule.id} facts={facts} />}
        <Revisions facts={facts} />
      </aside>
    </div>
  );
}
