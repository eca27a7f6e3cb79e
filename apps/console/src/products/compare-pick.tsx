/** Two versions to compare, and the way there. */
import { Select } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export interface Picked {
  readonly base?: string | undefined;
  readonly head?: string | undefined;
}

export interface ComparePickProps {
  readonly product: string;
  readonly versions: readonly string[];
  readonly picked: Picked;
  readonly onPick: (picked: Picked) => void;
}

export function ComparePick({ product, versions, picked, onPick }: ComparePickProps): ReactNode {
  const { t } = useTranslation('products');
  const { base, head } = picked;
  const ready = base !== undefined && head !== undefined && base !== head;
  const options = versions.map((version) => ({ value: version, label: version }));
  return (
    <section className="card card-body product-part compare-pick" aria-label={t('compare')}>
      <h2>{t('compare')}</h2>
      {(['base', 'head'] as const).map((side) => (
        <label key={side}>
          <span>{t(side)}</span>
          <Select
            aria-label={t(side)}
            showSearch
            value={picked[side]}
            options={options}
            onChange={(version) => {
              onPick({ ...picked, [side]: version });
            }}
          />
        </label>
      ))}
      {ready ? (
        <Link to={`/products/${encodeURIComponent(product)}/compare?${new URLSearchParams({ base, head }).toString()}`}>{t('doCompare')}</Link>
      ) : (
        <span className="dim">{t('pickTwo')}</span>
      )}
    </section>
  );
}
