/** One policy: read it, change it, see how it came to be so. */
import { useQuery } from '@tanstack/react-query';
import { type PolicyRevision } from '@tributary/api-client';
import { Button, Skeleton } from 'antd';
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
import '../lists/list.css';
import './policies.css';

export function Component(): ReactNode {
  const { policyId = '' } = useParams();
  return <PolicyPage key={policyId} policyId={policyId} />;
}

function PolicyPage({ policyId }: { readonly policyId: string }): ReactNode {
  const { t } = useTranslation('policies');
  usePageTitle(`${t('policy')} ${policyId}`);
  const words = usePolicyWords();
  const policy = useQuery({ queryKey: ['policies', policyId], queryFn: ({ signal }) => api.policy(policyId, { signal }), refetchOnWindowFocus: false });
  /** What the editor begins with; a new number is a new beginning. */
  const [taken, take] = useState<{ readonly draft?: PolicyDraft; readonly times: number }>({ times: 0 });
  /** What a draft was begun on: a newer revision that comes in must not take the draft away. */
  const [held, hold] = useState<PolicyRevision>();
  const [said, say] = useState('');
  const shown = held ?? policy.data;
  const newest = policy.data?.revision ?? 0;
  const builtIn = shown?.revision === 0;
  const reload = (): void => {
    take({ times: taken.times + 1 });
    hold(undefined);
    void policy.refetch();
  };
  return (
    <>
      <PolicyHead policyId={policyId} revision={shown?.revision} />
      <div role="status" className="policy-said">
        {said}
      </div>
      {shown && newest > shown.revision && <NewerNote revision={newest} onReload={reload} />}
      {policy.isError && <ProblemView error={policy.error} onRetry={reload} />}
      {policy.isPending && (
        <div className="card card-body" role="status" aria-label={t('loading')}>
          <Skeleton active />
        </div>
      )}
      {shown && (
        <>
          <p>{words(shown)}</p>
          {builtIn && <p className="dim">{t('builtInAbout')}</p>}
          <div className="policy-panes">
            <PolicyEditor
              key={`${String(shown.revision)} ${String(taken.times)}`}
              policyId={policyId}
              start={taken.draft ?? draftOf(shown)}
              etag={shown.etag}
              disabled={builtIn}
              onReload={reload}
              onDraft={() => {
                hold(shown);
              }}
              onPublished={({ revision }) => {
                say(t('published', { revision }));
                hold(undefined);
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

/** `revision`: 0 of a policy that is built in. */
function PolicyHead({ policyId, revision }: { readonly policyId: string; readonly revision: number | undefined }): ReactNode {
  const { t } = useTranslation('policies');
  return (
    <header className="page-head">
      <h1>
        <Link to="/policies">{t('title')}</Link> <span className="dim">/</span> <bdi>{policyId}</bdi>
      </h1>
      {revision !== undefined && <span className="dim">{revision === 0 ? t('builtIn') : t('revision', { revision })}</span>}
      <span className="page-head-end">
        <Link to={`/policies/simulate?policies=${encodeURIComponent(policyId)}`}>{t('simulate')}</Link>
        <Link to={`/policies/new?from=${encodeURIComponent(policyId)}`}>{t('asTemplate')}</Link>
      </span>
    </header>
  );
}

/** Somebody else has published while a draft is open. */
function NewerNote({ revision, onReload }: { readonly revision: number; readonly onReload: () => void }): ReactNode {
  const { t } = useTranslation('policies');
  return (
    <p className="policy-newer" role="alert">
      {t('newer', { revision })} <Button onClick={onReload}>{t('raceReload')}</Button>
    </p>
  );
}
