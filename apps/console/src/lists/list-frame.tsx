/** What every list has in common: it is loading, it failed, it is empty, or it has lines and perhaps more. */
import { Button, Skeleton } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../problem/problem-view';
import { type Listed } from './use-listed';
import './list.css';

export interface ListFrameProps {
  readonly list: Omit<Listed<unknown>, 'items'> & { readonly items: readonly unknown[] };
  /** Stands where the lines would be. */
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

export function ListFrame({ list, empty, children }: ListFrameProps): ReactNode {
  const { t } = useTranslation('lists');
  return (
    <>
      {list.error !== undefined && <ProblemView error={list.error} onRetry={list.retry} />}
      {!list.known && list.error === undefined && (
        <div className="card card-body" role="status" aria-label={t('loading')}>
          <Skeleton active title={false} paragraph={{ rows: 5 }} />
        </div>
      )}
      {list.known && list.items.length === 0 && <div className="card">{empty}</div>}
      {list.items.length > 0 && children}
      {list.more && (
        <p className="list-more">
          <Button onClick={list.loadMore} loading={list.loadingMore}>
            {t('more')}
          </Button>
        </p>
      )}
    </>
  );
}

export function EmptyList({ title, text, children }: { readonly title: string; readonly text: string; readonly children?: ReactNode }): ReactNode {
  return (
    <div className="list-empty">
      <h2>{title}</h2>
      <p className="dim">{text}</p>
      {children}
    </div>
  );
}
