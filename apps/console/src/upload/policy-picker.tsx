/** Which policy counts: each with its windows in words. */
import { useQuery } from '@tanstack/react-query';
import { type Policy } from '@tributary/http-api';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/api';
import { ProblemView } from '../problem/problem-view';
import { OwnWindows } from './own-windows';
import { firstOwnWindows, type PolicyChoice } from './policy-choice';
import { usePolicyWords } from './policy-words';

export interface PolicyPickerProps {
  readonly choice: PolicyChoice;
  readonly onChoose: (choice: PolicyChoice) => void;
}

/** More are chosen by nobody; the page of policies has them all. */
const shownMax = 50;

export function PolicyPicker({ choice, onChoose }: PolicyPickerProps): ReactNode {
  const { t } = useTranslation('upload');
  const policies = useQuery({ queryKey: ['policies', 'to choose from'], queryFn: ({ signal }) => api.policies({ limit: shownMax }, { signal }) });
  const own = choice.kind === 'own' ? choice.windows : undefined;
  return (
    <fieldset className="policy-picker">
      <legend className="visually-hidden">{t('policy')}</legend>
      {policies.data?.items.map((policy) => (
        <PolicyOption
          key={policy.id}
          policy={policy}
          chosen={choice.kind === 'named' && choice.id === policy.id}
          onChoose={() => {
            onChoose({ kind: 'named', id: policy.id });
          }}
        />
      ))}
      {policies.isPending && <div className="policy-option skeleton" />}
      {policies.isError && <ProblemView error={policies.error} onRetry={() => void policies.refetch()} />}
      <label className="policy-option">
        <input
          type="radio"
          name="policy"
          checked={own !== undefined}
          onChange={() => {
            onChoose({ kind: 'own', windows: firstOwnWindows });
          }}
        />
        <span>
          <strong>{t('ownWindows')}</strong>
          <span className="dim">{t('ownWindowsWords')}</span>
        </span>
      </label>
      {own && (
        <OwnWindows
          windows={own}
          onChange={(windows) => {
            onChoose({ kind: 'own', windows });
          }}
        />
      )}
    </fieldset>
  );
}

function PolicyOption({ policy, chosen, onChoose }: { readonly policy: Policy; readonly chosen: boolean; readonly onChoose: () => void }): ReactNode {
  const { t } = useTranslation('upload');
  const words = usePolicyWords();
  const { id } = policy;
  return (
    <label className="policy-option">
      <input type="radio" name="policy" checked={chosen} onChange={onChoose} />
      <span>
        <strong>{id === 'default' || id === 'fast' ? t(`policy_${id}`) : id}</strong>
        <span className="dim">{words(policy)}</span>
      </span>
    </label>
  );
}
