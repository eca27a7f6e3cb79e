/** What is asked of the findings: how they are grouped, and which of them. */
import { CloseOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { groupings, severityOrder } from './finding-query';
import { type FindingsState } from './findings-store';
import { type FindingAddress } from './use-findings';

export interface FindingsBarProps extends Pick<FindingAddress, 'query' | 'ask'> {
  readonly state: FindingsState;
}

export function FindingsBar({ query, ask, state }: FindingsBarProps): ReactNode {
  const { t } = useTranslation('findings');
  const language = useLanguage();
  const counted = (name: string, count = 0): string => `${name} · ${formatNumber(count, language)}`;
  return (
    <div className="findings-bar">
      <Segmented
        aria-label={t('groupBy')}
        value={query.by}
        options={groupings.map((by) => ({ value: by, label: t(`by_${by}`) }))}
        onChange={(by) => {
          ask({ by });
        }}
      />
      <Select
        aria-label={t('severity')}
        className="bar-select"
        value={query.severity ?? ''}
        options={[
          { value: '', label: t('anySeverity') },
          ...severityOrder.map((severity) => ({ value: severity, label: counted(t(`severity_${severity}`), state.perSeverity[severity]) })),
        ]}
        onChange={(severity) => {
          ask({ severity });
        }}
      />
      <Select
        aria-label={t('type')}
        className="bar-select"
        value={query.type ?? ''}
        options={[
          { value: '', label: t('anyType') },
          ...Object.keys(state.perType)
            .sort()
            .map((type) => ({ value: type, label: counted(type, state.perType[type]) })),
        ]}
        onChange={(type) => {
          ask({ type });
        }}
      />
      <SearchField
        text={query.text ?? ''}
        onText={(text) => {
          ask({ text });
        }}
      />
      {(['rule', 'path'] as const).map((name) => {
        const value = query[name];
        return (
          value !== undefined && (
            <span key={name} className="filter-chip">
              <span className="dim">{t(name === 'rule' ? 'onlyRule' : 'onlyPath')}</span> <bdi title={value}>{value}</bdi>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t('remove', { what: value })}
                onClick={() => {
                  ask({ [name]: undefined });
                }}
              />
            </span>
          )
        );
      })}
    </div>
  );
}

/** Asks when the fingers rest. */
function SearchField({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }): ReactNode {
  const { t } = useTranslation('findings');
  const [typed, setTyped] = useState(text);
  const [told, setTold] = useState(text);
  if (told !== text) {
    setTold(text);
    setTyped(text);
  }
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(onText, 250, typed);
    return () => {
      clearTimeout(timer);
    };
  }, [typed, text, onText]);
  return (
    <Input
      type="search"
      className="bar-search"
      allowClear
      aria-label={t('search')}
      placeholder={t('searchHint')}
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value);
      }}
    />
  );
}
