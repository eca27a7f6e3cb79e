/** A new policy: its id, and what it begins with. */
import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api } from '../api/api';
import { ProblemView } from '../problem/problem-view';
import { usePageTitle } from '../shell/page-title';
import { draftOf } from './policy-draft';
import { PolicyEditor } from './policy-editor';
import '../lists/list.css';
import './policies.css';

const idShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
/** Pages of ours have these names. */
const taken: readonly string[] = ['new', 'simulate'];

export function Component(): ReactNode {
  const { t } = useTranslation('policies');
  usePageTitle(t('new'));
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const from = search.get('from') ?? 'default';
  const [policyId, setPolicyId] = useState('');
  const valid = idShape.test(policyId) && !taken.includes(policyId);
  const template = useQuery({ queryKey: ['policies', from], queryFn: ({ signal }) => api.policy(from, { signal }) });
  return (
    <>
      <header className="page-head">
        <h1>
          <Link to="/policies">{t('title')}</Link> <span className="dim">/</span> {t('new')}
        </h1>
        <span className="dim">{t('beginsWith', { from })}</span>
      </header>
      <label className="policy-id">
        <span>{t('policyId')}</span>
        <Input
          className="mono"
          autoFocus
          value={policyId}
          maxLength={100}
          status={policyId !== '' && !valid ? 'error' : ''}
          aria-describedby="policy-id-about"
          onChange={({ target }) => {
            setPolicyId(target.value);
          }}
        />
        <span id="policy-id-about" className={policyId !== '' && !valid ? 'fault-error' : 'dim'}>
          {t('policyIdAbout')}
        </span>
      </label>
      {template.isError && (
        <ProblemView
          error={template.error}
          onRetry={() => {
            void template.refetch();
          }}
        />
      )}
      {template.data && (
        <PolicyEditor
          policyId={policyId}
          start={draftOf(template.data)}
          etag={undefined}
          disabled={false}
          lacks={valid ? undefined : t('idFirst')}
          onReload={() => {
            void navigate(`/policies/${policyId}`);
          }}
          onPublished={() => {
            void navigate(`/policies/${policyId}`);
          }}
        />
      )}
    </>
  );
}
