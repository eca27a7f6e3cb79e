/** The rule that decided, with the values that it looked at, and why the window was closed by then. */
import { type Explanation } from '@tributary/http-api';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusBadge } from '../status/status-badge';
import { lookOf } from '../status/status-look';
import { formatMoment } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { type RuleValue, ruleValues } from './rule-values';

export interface RuleCardProps {
  readonly explanation: Explanation;
  readonly rule: NonNullable<Explanation['rule']>;
}

export function RuleCard({ explanation: { status, closed }, rule }: RuleCardProps): ReactNode {
  const { t } = useTranslation('why');
  const language = useLanguage();
  return (
    <section className={`card rule-card tone-${lookOf(status).tone}`} aria-labelledby="rule">
      <div className="rule-head">
        <StatusBadge state={status} size="large" />
        <code>{rule.id}</code>
      </div>
      <h2 id="rule">{rule.text}</h2>
      <dl className="rule-values">
        {ruleValues(rule.values).map((value) => (
          <ValueOf key={value.name} value={value} />
        ))}
      </dl>
      {closed && (
        <p>
          <span className="dim">{t('closedWhy')}</span> {closed.because}{' '}
          <time className="dim" dateTime={closed.at}>
            {formatMoment(closed.at, language)}
          </time>
        </p>
      )}
    </section>
  );
}

function ValueOf({ value: { name, value, types } }: { readonly value: RuleValue }): ReactNode {
  const { t, i18n } = useTranslation('why');
  const key = `value_${name}`;
  return (
    <div>
      <dt>{i18n.exists(key, { ns: 'why' }) ? t(key as 'value_observed') : <code>{name}</code>}</dt>
      <dd>
        <b>{value}</b> {types.length > 0 && <span className="mono dim">{types.join(' ')}</span>}
      </dd>
    </div>
  );
}
