/** The rows of a policy: the first that holds decides, before the table that every task has. */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { type PolicyRow } from '@tributary/facts';
import { Button, Input, Select } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStateWord } from '../status/status-badge';
import { FaultList, faultsAt } from './fault-list';
import { type CheckedDraft } from './policy-draft';
import { type DraftFieldsProps } from './windows-fields';

const statuses = ['SUCCESS', 'PARTIAL_SUCCESS', 'FAILED'] as const;

export function RowsFields({ draft, checked, disabled, onChange }: DraftFieldsProps): ReactNode {
  const { t } = useTranslation('policies');
  const { rules } = draft;
  const put = (next: readonly PolicyRow[]): void => {
    onChange({ ...draft, rules: [...next] });
  };
  return (
    <fieldset className="policy-fields" disabled={disabled}>
      <legend>{t('rows')}</legend>
      <p className="dim">{t('rowsAbout')}</p>
      <ol className="policy-rows">
        {rules.map((row, index) => (
          <li key={index}>
            <RowFields
              {...{ row, index, checked, disabled }}
              onRow={(changed) => {
                put(rules.map((one, at) => (at === index ? changed : one)));
              }}
            />
            {!disabled && (
              <span className="row-tools">
                <Button
                  icon={<ArrowUpOutlined />}
                  aria-label={t('rowUp', { row: index + 1 })}
                  disabled={index === 0}
                  onClick={() => {
                    put(swapped(rules, index - 1));
                  }}
                />
                <Button
                  icon={<ArrowDownOutlined />}
                  aria-label={t('rowDown', { row: index + 1 })}
                  disabled={index === rules.length - 1}
                  onClick={() => {
                    put(swapped(rules, index));
                  }}
                />
                <Button
                  icon={<DeleteOutlined />}
                  aria-label={t('rowRemove', { row: index + 1 })}
                  onClick={() => {
                    put(rules.filter((_, at) => at !== index));
                  }}
                />
              </span>
            )}
          </li>
        ))}
      </ol>
      {rules.length === 0 && <p className="dim">{t('noRows')}</p>}
      {!disabled && (
        <Button
          icon={<PlusOutlined />}
          onClick={() => {
            put([...rules, { id: '', when: '', status: 'FAILED' }]);
          }}
        >
          {t('addRow')}
        </Button>
      )}
    </fieldset>
  );
}

interface RowFieldsProps {
  readonly row: PolicyRow;
  readonly index: number;
  readonly checked: CheckedDraft;
  readonly disabled: boolean;
  readonly onRow: (row: PolicyRow) => void;
}

function RowFields({ row, index, checked, disabled, onRow }: RowFieldsProps): ReactNode {
  const { t } = useTranslation('policies');
  const word = useStateWord();
  const [idAt, whenAt] = [`/rules/${String(index)}/id`, `/rules/${String(index)}/when`];
  const [idFaults, whenFaults] = [faultsAt(checked.errors, idAt), faultsAt(checked.errors, whenAt)];
  const n = String(index);
  return (
    <div className="policy-row">
      <label>
        <span>{t('rowId')}</span>
        <Input
          className="mono"
          disabled={disabled}
          value={row.id}
          placeholder="SQL_IS_A_MUST"
          status={idFaults.length > 0 ? 'error' : ''}
          aria-describedby={`row-${n}-id-fault`}
          onChange={({ target }) => {
            onRow({ ...row, id: target.value.toUpperCase() });
          }}
        />
      </label>
      <label>
        <span>{t('rowStatus')}</span>
        <Select
          disabled={disabled}
          value={row.status}
          aria-label={`${t('rowStatus')} ${String(index + 1)}`}
          options={statuses.map((status) => ({ value: status, label: word(status) }))}
          onChange={(status) => {
            onRow({ ...row, status });
          }}
        />
      </label>
      <label className="row-when">
        <span>{t('rowWhen')}</span>
        <Input.TextArea
          className="mono"
          autoSize={{ minRows: 1, maxRows: 8 }}
          disabled={disabled}
          value={row.when}
          spellCheck={false}
          placeholder="total['error'] > 10"
          status={whenFaults.length > 0 ? 'error' : ''}
          aria-describedby={`row-${n}-when-fault row-${n}-when-warning`}
          onChange={({ target }) => {
            onRow({ ...row, when: target.value });
          }}
        />
      </label>
      <FaultList id={`row-${n}-id-fault`} tone="error" faults={idFaults} />
      <FaultList id={`row-${n}-when-fault`} tone="error" faults={whenFaults} source={row.when} />
      <FaultList id={`row-${n}-when-warning`} tone="warning" faults={faultsAt(checked.warnings, whenAt)} />
    </div>
  );
}

/** With the row at `index` behind the one that follows it. */
function swapped(rows: readonly PolicyRow[], index: number): readonly PolicyRow[] {
  const [one, other] = [rows[index], rows[index + 1]];
  return one && other ? [...rows.slice(0, index), other, one, ...rows.slice(index + 2)] : rows;
}
