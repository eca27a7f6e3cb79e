/** The windows of a policy, in seconds, with what each is for. */
import { InputNumber, Segmented } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { FaultList, faultsAt } from './fault-list';
import { type CheckedDraft, type PolicyDraft, windowNames } from './policy-draft';

export interface DraftFieldsProps {
  readonly draft: PolicyDraft;
  readonly checked: CheckedDraft;
  readonly disabled: boolean;
  readonly onChange: (draft: PolicyDraft) => void;
}

export function WindowsFields({ draft, checked, disabled, onChange }: DraftFieldsProps): ReactNode {
  const { t } = useTranslation('policies');
  const language = useLanguage();
  return (
    <fieldset className="policy-fields" disabled={disabled}>
      <legend>{t('windows')}</legend>
      {windowNames.map((name) => (
        <div key={name} className="policy-field">
          <label htmlFor={`policy-${name}`}>{t(`${name}Label`)}</label>
          <InputNumber
            id={`policy-${name}`}
            min={0}
            step={1}
            disabled={disabled}
            value={draft[name] / 1_000}
            suffix={t('seconds')}
            status={faultsAt(checked.errors, `/${name}`).length > 0 ? 'error' : ''}
            aria-describedby={`policy-${name}-about`}
            onChange={(seconds) => {
              onChange({ ...draft, [name]: Math.round((seconds ?? 0) * 1_000) });
            }}
          />
          <span id={`policy-${name}-about`} className="dim">
            {formatDuration(draft[name], language)} · {t(`${name}About`)}
          </span>
          <FaultList id={`policy-${name}-fault`} tone="error" faults={faultsAt(checked.errors, `/${name}`)} />
        </div>
      ))}
      <div className="policy-field">
        <span id="policy-late">{t('late')}</span>
        <div className="policy-late">
          <Segmented
            aria-labelledby="policy-late"
            disabled={disabled}
            value={draft.late}
            options={(['record', 'amend'] as const).map((late) => ({ value: late, label: t(`late_${late}`) }))}
            onChange={(late) => {
              onChange({ ...draft, late });
            }}
          />
          <span className="dim">{t(`about_${draft.late}`)}</span>
        </div>
      </div>
    </fieldset>
  );
}
