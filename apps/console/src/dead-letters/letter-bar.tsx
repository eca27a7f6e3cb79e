/** The filter of the dead letters. */
import { deadLetterStates } from '@tributary/http-api';
import { Input, Segmented } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type LetterFilter } from './letter-filter';

export interface LetterBarProps {
  readonly filter: LetterFilter;
  readonly onFilter: (name: keyof LetterFilter, value: string) => void;
}

export function LetterBar({ filter, onFilter }: LetterBarProps): ReactNode {
  const { t } = useTranslation('deadLetters');
  return (
    <div className="list-bar" role="search">
      <Segmented
        aria-label={t('state')}
        value={filter.state ?? 'all'}
        options={[...deadLetterStates, 'all' as const].map((state) => ({ value: state, label: t(`state_${state}`) }))}
        onChange={(state) => {
          onFilter('state', state === 'open' ? '' : state);
        }}
      />
      {(['topic', 'group', 'factId'] as const).map((name) => (
        <Input.Search
          // Another answer of the address is another beginning of the field.
          key={`${name} ${filter[name] ?? ''}`}
          allowClear
          className="letter-field"
          aria-label={t(name)}
          placeholder={t(name)}
          defaultValue={filter[name] ?? ''}
          onSearch={(value) => {
            onFilter(name, value.trim());
          }}
        />
      ))}
    </div>
  );
}
