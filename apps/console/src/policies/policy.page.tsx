/** One policy: read it, change it, see how it came to be so. */
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../api/api';
import { ProblemView } from '../problem/problem-view';
import { usePageTitle } from '../shell/page-title';
import { usePolicyWords } from '../upload/policy-words';
import { draftOf, type PolicyDraft } from './policy-draft';
import { PolicyEditor } from './policy-editor';
import { RevisionsList } from './revisions-list';
import './policies.css';

export function Component(): ReactNode {
  const { t } = useTranslation('policies');
  const { policyId = '' } = useParams();
  usePageTitle(`${t('policy')} ${policyId}`);
  const words = usePolicyWords();
  const policy = useQuery({ queryKey: ['policies', policyId], queryFn: ({ signal }) => api.policy(policyId, { signal }), refetchOnWindowFocus: false });
  /** What the editor begins with; a new number is a new beginning. */
  const [taken, take] = useState<{ readonly draft?: PolicyDraft; readonly times: number }>({ times: 0 });
  const [said, say] = useState('');
  const builtIn = policy.data?.revision === 0;
  const reload = (): void => {
    take({ times: taken.times + 1 });
    void policy.refetch();
  };
  return (
    <>
      <header className="page-head">
        <h1>
          <Link to="/policies">{t('title')}</Link> <span className="dim">/</span> <bdi>{policyId}</bdi>
        </h1>
        {policy.data && <span className="dim">{builtIn ? t('builtIn') : t('revision', { revision: policy.data.revision })}</span>}
        <span className="page-head-end">
          <Link to={`/policies/simulate?policies=${encodeURIComponent(policyId)}`}>{t('simulate')}</Link>
          <Link to={`/policies/new?from=${encodeURIComponent(policyId)}`}>{t('asTemplate')}</Link>
        </span>
      </header>
      <div role="status" className="policy-said">
        {said}
      </div>
      {policy.isError && <ProblemView error={policy.error} onRetry={reload} />}
      {policy.isPending && (
        <div className="card card-body" role="status" aria-label={t('loading')}>
          <Skeleton active />
        </div>
      )}
      {policy.data && (
        <>
          <p>{words(policy.data)}</p>
          {builtIn && <p className="dim">{t('builtInAbout')}</p>}
          <div className="policy-panes">
            <PolicyEditor
              key={`${String(policy.data.revision)} ${String(taken.times)}`}
              policyId={policyId}
              start={taken.draft ?? draftOf(policy.data)}
              etag={policy.data.etag}
              disabled={builtIn}
              onReload={reload}
              onPublished={({ revision }) => {
                say(t('published', { revision }));
                take({ times: taken.times + 1 });
              }}
            />
            {!builtIn && (
              <RevisionsList
                policyId={policyId}
                onTake={(revision) => {
                  say(t('taken', { revision: revision.revision }));
                  take({ draft: draftOf(revision), times: taken.times + 1 });
                }}
              />
            )}
          </div>
        </>
      )}
    </>
  );
}
