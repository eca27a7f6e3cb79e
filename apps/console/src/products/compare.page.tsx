/** What has changed from one version to another: new, fixed, and still there. */
import { useQuery } from '@tanstack/react-query';
import { Segmented, Skeleton } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useParams, useSearchParams } from 'react-router';
import { api } from '../api/api';
import { EmptyList } from '../lists/list-frame';
import { ProblemView } from '../problem/problem-view';
import { usePageTitle } from '../shell/page-title';
import { useLanguage } from '../texts/i18n';
import { ComparedList } from './compared-list';
import './products.css';

const parts = ['new', 'fixed', 'unchanged'] as const;
type Part = (typeof parts)[number];

export function Component(): ReactNode {
  const { t } = useTranslation('products');
  const language = useLanguage();
  const { product = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const [base, head] = [search.get('base') ?? '', search.get('head') ?? ''];
  usePageTitle(`${product} ${base} → ${head}`);
  const part: Part = parts.find((known) => known === search.get('show')) ?? 'new';
  const compared = useQuery({
    queryKey: ['compare', product, base, head, language],
    queryFn: ({ signal }) => api.compare(product, { base, head }, { signal }),
    staleTime: 60_000,
    enabled: base !== '' && head !== '',
  });
  if (base === '' || head === '') return <Navigate to={`/products/${encodeURIComponent(product)}`} replace />;
  return (
    <>
      <header className="page-head">
        <h1>
          <Link to={`/products/${encodeURIComponent(product)}`}>
            <bdi>{product}</bdi>
          </Link>{' '}
          <bdi>{base}</bdi> → <bdi>{head}</bdi>
        </h1>
      </header>
      {compared.isError && (
        <ProblemView
          error={compared.error}
          onRetry={() => {
            void compared.refetch();
          }}
        />
      )}
      {compared.isPending && (
        <div className="card card-body" role="status" aria-label={t('comparing')}>
          <Skeleton active />
        </div>
      )}
      {compared.isSuccess && (
        <>
          <Segmented
            className="compare-parts"
            aria-label={t('show')}
            value={part}
            options={parts.map((name) => ({ value: name, label: `${t(`part_${name}`)} · ${String(compared.data[name].length)}` }))}
            onChange={(show) => {
              setSearch({ base, head, show }, { replace: true });
            }}
          />
          {compared.data[part].length === 0 ? (
            <div className="card">
              <EmptyList title={t(`part_${part}`)} text={t(`none_${part}`, { base, head })} />
            </div>
          ) : (
            <ComparedList key={part} findings={compared.data[part]} />
          )}
        </>
      )}
    </>
  );
}
