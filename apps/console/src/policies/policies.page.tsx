/** All policies: what each says in a sentence. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../api/api';
import { onArrowKeys } from '../lists/arrow-rows';
import { EmptyList, ListFrame } from '../lists/list-frame';
import { Moment } from '../lists/moment';
import { useListed } from '../lists/use-listed';
import { usePageTitle } from '../shell/page-title';
import { usePolicyWords } from '../upload/policy-words';
import './policies.css';

export function Component(): ReactNode {
  const { t } = useTranslation('policies');
  usePageTitle(t('title'));
  const words = usePolicyWords();
  const list = useListed(['policies', 'list'], (page, signal) => api.policies(page, { signal }));
  return (
    <>
      <header className="page-head">
        <h1>{t('title')}</h1>
        <span className="page-head-end">
          <Link to="/policies/simulate">{t('simulator')}</Link>
          <Link to="/policies/new">{t('new')}</Link>
        </span>
      </header>
      <p className="dim">{t('about')}</p>
      <ListFrame list={list} empty={<EmptyList title={t('noneTitle')} text={t('about')} />}>
        <ul className="policy-list" onKeyDown={onArrowKeys}>
          {list.items.map((policy) => (
            <li key={policy.id} className="card card-body">
              <p>
                <Link className="list-main mono" data-stop to={`/policies/${encodeURIComponent(policy.id)}`}>
                  {policy.id}
                </Link>{' '}
                <span className="dim">
                  {policy.revision === 0 ? t('builtIn') : t('revision', { revision: policy.revision })}
                  {policy.by !== undefined && <> · {policy.by}</>} {policy.at !== undefined && <Moment at={policy.at} />}
                </span>
              </p>
              <p>{words(policy)}</p>
              {policy.rules.length > 0 && <p className="mono dim policy-row-ids">{policy.rules.map(({ id }) => id).join(' · ')}</p>}
            </li>
          ))}
        </ul>
      </ListFrame>
    </>
  );
}
