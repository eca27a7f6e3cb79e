/** One product: how its versions went, and which two of them to compare. */
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../api/api';
import { EmptyList, ListFrame } from '../lists/list-frame';
import { Moment } from '../lists/moment';
import { useListed } from '../lists/use-listed';
import { usePageTitle } from '../shell/page-title';
import { StatusBadge } from '../status/status-badge';
import { ComparePick, type Picked } from './compare-pick';
import { TrendChart } from './trend-chart';
import { trendOf } from './trend';
import './products.css';

const tasksForTrend = 200;
const barsMax = 24;

export function Component(): ReactNode {
  const { t } = useTranslation('products');
  const { product = '' } = useParams();
  usePageTitle(product);
  const list = useListed(['versions', product], (page, signal) => api.versions(product, page, { signal }), { live: true });
  const tasks = useQuery({ queryKey: ['trend', product], queryFn: ({ signal }) => api.tasks({ product, limit: tasksForTrend }, { signal }) });
  const bars = trendOf(tasks.data?.items ?? [], barsMax);
  const [chosen, choose] = useState<Picked>({});
  const [newest, before] = list.items;
  const picked = { base: chosen.base ?? before?.version, head: chosen.head ?? newest?.version };
  return (
    <>
      <header className="page-head">
        <h1>
          <Link to="/products">{t('title')}</Link> <span className="dim">/</span> <bdi>{product}</bdi>
        </h1>
        <span className="page-head-end">
          <Link to={`/tasks?${new URLSearchParams({ product }).toString()}`}>{t('allTasks')}</Link>
        </span>
      </header>
      {bars.length > 1 && (
        <section className="card card-body product-part" aria-label={t('trend')}>
          <h2>{t('trend')}</h2>
          <TrendChart bars={bars} />
        </section>
      )}
      {list.items.length > 1 && <ComparePick product={product} versions={list.items.map(({ version }) => version)} picked={picked} onPick={choose} />}
      <ListFrame list={list} empty={<EmptyList title={t('noVersionTitle')} text={t('noVersionText', { product })} />}>
        <div className="card list-wrap">
          <table className="list-table">
            <thead>
              <tr>
                <th scope="col">{t('version')}</th>
                <th scope="col">{t('verdict')}</th>
                <th scope="col">{t('uploaded')}</th>
              </tr>
            </thead>
            <tbody>
              {list.items.map(({ version, taskId, status, createdAt }) => (
                <tr key={taskId}>
                  <td>
                    <Link className="list-main" to={`/tasks/${taskId}`}>
                      {version}
                    </Link>
                  </td>
                  <td data-label={t('verdict')}>
                    <StatusBadge state={status} />
                  </td>
                  <td data-label={t('uploaded')} className="nowrap">
                    <Moment at={createdAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </ListFrame>
    </>
  );
}
