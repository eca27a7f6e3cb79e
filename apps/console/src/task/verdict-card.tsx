/** The verdict that stands, and the rule that gave it. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { findingsCounted } from '../lists/total-counts';
import { StatusBadge } from '../status/status-badge';
import { lookOf } from '../status/status-look';
import { formatMoment } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { useTaskView } from './task-view';

export function VerdictCard(): ReactNode {
  const { t } = useTranslation('task');
  const language = useLanguage();
  const { task, explanation } = useTaskView();
  const { rule, closed, counterfactuals = [] } = explanation.data ?? {};
  const findings = findingsCounted(task.participants);
  // Sentences come rendered; the type of the documents leaves them out.
  const nearest = counterfactuals.find(({ wouldBe }) => wouldBe === 'SUCCESS')?.['text'];
  return (
    <section className={`card verdict-card tone-${lookOf(task.status).tone}`} aria-label={t('verdict')}>
      <div className="verdict-main" role="status">
        <StatusBadge state={task.status} size="large" />
        <div>
          <p className="verdict-rule">{rule?.text}</p>
          <p className="dim">{closed?.because}</p>
          {typeof nearest === 'string' && task.status !== 'SUCCESS' && <p className="verdict-nearest">{nearest}</p>}
        </div>
      </div>
      <div className="verdict-side dim">
        {task.revision > 1 && <span>{t('revision', { revision: task.revision })}</span>}
        {closed && <time dateTime={closed.at}>{formatMoment(closed.at, language)}</time>}
        <Link to={`/tasks/${task.taskId}/why`}>{t('whyThis')}</Link>
        {findings > 0 && <Link to={`/tasks/${task.taskId}/findings`}>{t('seeFindings', { count: findings })}</Link>}
      </div>
    </section>
  );
}
