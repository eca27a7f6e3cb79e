/** How much of a package is read, for whoever needs other bounds than the usual ones. */
import { InputNumber } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../texts/format';
import { FaultList, faultsAt } from './fault-list';
import { budgetNames } from './policy-draft';
import { type DraftFieldsProps } from './windows-fields';

export function BudgetFields({ draft, checked, disabled, onChange }: DraftFieldsProps): ReactNode {
  const { t } = useTranslation('policies');
  return (
    <details className="policy-fields">
      <summary>{t('budgets')}</summary>
      <p className="dim">{t('budgetsAbout')}</p>
      {budgetNames.map((name) => (
        <div key={name} className="policy-field">
          <label htmlFor={`budget-${name}`}>{t(`budget_${name}`)}</label>
          <InputNumber
            id={`budget-${name}`}
            min={name === 'nesting' ? 0 : 1}
            disabled={disabled}
            value={draft.budgets[name]}
            onChange={(value) => {
              onChange({ ...draft, budgets: { ...draft.budgets, [name]: value ?? 0 } });
            }}
          />
          <span className="dim">{name.endsWith('Bytes') && name !== 'pathBytes' ? formatBytes(draft.budgets[name]) : ''}</span>
          <FaultList id={`budget-${name}-fault`} tone="error" faults={faultsAt(checked.errors, `/budgets/${name}`)} />
        </div>
      ))}
    </details>
  );
}
