/** The windows of a policy as a sentence. */
import { type Policy } from '@tributary/http-api';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { type Windows } from './policy-choice';

export function usePolicyWords(): (policy: Windows & Partial<Pick<Policy, 'rules' | 'late'>>) => string {
  const { t } = useTranslation('upload');
  const language = useLanguage();
  return ({ participationMs, gapMs, deadlineMs, rules = [], late }) => {
    const parts = [
      t('words', {
        participation: formatDuration(participationMs, language),
        gap: formatDuration(gapMs, language),
        deadline: formatDuration(deadlineMs, language),
      }),
      ...(rules.length > 0 ? [t('ownRules', { count: rules.length })] : []),
      ...(late === 'amend' ? [t('amends')] : []),
    ];
    return parts.join(language === 'zh' ? '' : ' ');
  };
}
