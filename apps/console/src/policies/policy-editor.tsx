/** A policy in fields: checked while somebody types, published under the revision that was read. */
import { useMutation } from '@tanstack/react-query';
import { ApiProblem, type PolicyRevision } from '@tributary/api-client';
import { Button } from 'antd';
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../api/api';
import { ProblemView } from '../problem/problem-view';
import { useLanguage } from '../texts/i18n';
import { BudgetFields } from './budget-fields';
import { checkDraft, faultsIn, type PolicyDraft } from './policy-draft';
import { RowsFields } from './rows-fields';
import { useDraftWords } from './use-draft-words';
import { WindowsFields } from './windows-fields';

export interface PolicyEditorProps {
  readonly policyId: string;
  readonly start: PolicyDraft;
  /** Of the revision that was read; undefined where there is none yet. */
  readonly etag: string | undefined;
  readonly disabled: boolean;
  /** What is still missing, beside the fields, before it can be published. */
  readonly lacks?: string | undefined;
  /** Somebody has begun to change it. */
  readonly onDraft?: () => void;
  readonly onPublished: (policy: PolicyRevision) => void;
  /** Somebody else was faster: read again, and forget this draft. */
  readonly onReload: () => void;
}

export function PolicyEditor({ policyId, start, etag, disabled, lacks, onDraft, onPublished, onReload }: PolicyEditorProps): ReactNode {
  const { t } = useTranslation('policies');
  const language = useLanguage();
  const words = useDraftWords();
  const [draft, setDraft] = useState(start);
  const judged = useDeferredValue(draft);
  // Words are a new object each time; the language says when they change.
  const local = useMemo(() => checkDraft(judged, language, words), [judged, language]);
  const publish = useMutation({
    mutationFn: (ifMatch: string | undefined) => api.putPolicy(policyId, draft, { ifMatch }),
    onSuccess: async (policy) => {
      await queryClient.invalidateQueries({ queryKey: ['policies'] });
      onPublished(policy);
    },
  });
  const refused = publish.error instanceof ApiProblem ? publish.error : undefined;
  const checked = { errors: [...local.errors, ...(refused?.status === 400 ? faultsIn(refused.problem) : [])], warnings: local.warnings };
  const change = (next: PolicyDraft): void => {
    publish.reset();
    onDraft?.();
    setDraft(next);
  };
  const fields = { draft, checked, disabled, onChange: change };
  return (
    <form
      className="policy-editor"
      onSubmit={(event) => {
        event.preventDefault();
        publish.mutate(etag);
      }}
    >
      <WindowsFields {...fields} />
      <RowsFields {...fields} />
      <BudgetFields {...fields} />
      {refused?.status === 412 ? (
        <LostRace
          onReload={onReload}
          onOverwrite={() => {
            publish.mutate('*');
          }}
        />
      ) : (
        publish.isError && <ProblemView error={publish.error} />
      )}
      {!disabled && (
        <p className="policy-publish">
          <Button type="primary" htmlType="submit" loading={publish.isPending} disabled={local.errors.length > 0 || lacks !== undefined}>
            {t('publish')}
          </Button>
          <span className="dim" role="status">
            {local.errors.length > 0 ? t('faults', { count: local.errors.length }) : (lacks ?? t('publishAbout'))}
          </span>
        </p>
      )}
    </form>
  );
}

/** 412 as a person reads it. */
function LostRace({ onReload, onOverwrite }: { readonly onReload: () => void; readonly onOverwrite: () => void }): ReactNode {
  const { t } = useTranslation('policies');
  return (
    <div className="lost-race" role="alert">
      <strong>{t('raceTitle')}</strong>
      <p>{t('raceText')}</p>
      <Button onClick={onReload}>{t('raceReload')}</Button>{' '}
      <Button danger onClick={onOverwrite}>
        {t('raceOverwrite')}
      </Button>
    </div>
  );
}
