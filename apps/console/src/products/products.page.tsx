/** All products by name, each with its latest verdict. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../api/api';
import { onArrowKeys } from '../lists/arrow-rows';
import { EmptyList, ListFrame } from '../lists/list-frame';
import { Moment } from '../lists/moment';
import { useListed } from '../lists/use-listed';
import { usePageTitle } from '../shell/page-title';
import { StatusBadge } from '../status/status-badge';

/** The server counts no further. */
const versionsCounted = 100;

export function Component(): ReactNode {
  const { t } = useTranslation('products');
  usePageTitle(t('title'));
  const list = useListed(['products'], (page, signal) => api.products(page, { signal }), { live: true });
  return (
    <>
      <header className="page-head">
        <h1>{t('title')}</h1>
      </header>
      <ListFrame
        list={list}
        empty={
          <EmptyList title={t('noneTitle')} text={t('noneText')}>
            <Link to="/">{t('toUpload')}</Link>
          </EmptyList>
        }
      >
        <div className="card list-wrap">
          <table className="list-table" onKeyDown={onArrowKeys}>
            <thead>
              <tr>
                <th scope="col">{t('product')}</th>
                <th scope="col" className="number">
                  {t('versions')}
                </th>
                <th scope="col">{t('latest')}</th>
                <th scope="col">{t('verdict')}</th>
                <th scope="col">{t('uploaded')}</th>
              </tr>
            </thead>
            <tbody>
              {list.items.map(({ product, versions, latest }) => (
                <tr key={product}>
                  <td>
                    <Link className="list-main" data-stop to={`/products/${encodeURIComponent(product)}`}>
                      <bdi>{product}</bdi>
                    </Link>
                  </td>
                  <td className="number" data-label={t('versions')}>
                    {versions < versionsCounted ? versions : `${String(versions)}+`}
                  </td>
                  <td data-label={t('latest')}>
                    <Link to={`/tasks/${latest.taskId}`}>{latest.version}</Link>
                  </td>
                  <td data-label={t('verdict')}>
                    <StatusBadge state={latest.status} />
                  </td>
                  <td data-label={t('uploaded')} className="nowrap">
                    <Moment at={latest.createdAt} />
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
