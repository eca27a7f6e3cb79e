/** All revisions of a policy, newest first; any of them can be taken into the editor. */
import { type PolicyRevision } from '@tributary/api-client';
import { Button } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/api';
import { ListFrame } from '../lists/list-frame';
import { Moment } from '../lists/moment';
import { useListed } from '../lists/use-listed';
import { usePolicyWords } from '../upload/policy-words';

export interface RevisionsListProps {
  readonly policyId: string;
  readonly onTake: (policy: PolicyRevision) => void;
}

export function RevisionsList({ policyId, onTake }: RevisionsListProps): ReactNode {
  const { t } = useTranslation('policies');
  const words = usePolicyWords();
  const list = useListed(['policies', policyId, 'revisions'], (page, signal) => api.policyRevisions(policyId, page, { signal }), { pageSize: 20 });
  return (
    <section aria-label={t('revisions')}>
      <h2>{t('revisions')}</h2>
      <ListFrame list={list} empty={<p className="dim card-body">{t('noRows')}</p>}>
        <ol className="policy-revisions">
          {list.items.map((policy) => (
            <li key={policy.revision} className="card">
              <strong>{t('revision', { revision: policy.revision })}</strong>{' '}
              <span className="dim">
                {policy.by} {policy.at !== undefined && <Moment at={policy.at} />}
              </span>
              <p>{words(policy)}</p>
              <Button
                size="small"
                onClick={() => {
                  onTake(policy);
                }}
              >
                {t('take')}
              </Button>
            </li>
          ))}
        </ol>
      </ListFrame>
    </section>
  );
}
