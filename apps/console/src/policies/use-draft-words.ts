/** What is said of a draft that does not fit the shape of a policy. */
import { useTranslation } from 'react-i18next';

export function useDraftWords(): Readonly<Record<'invalid' | 'rowId' | 'rowWhen' | 'windows', string>> {
  const { t } = useTranslation('policies');
  return { invalid: t('faultInvalid'), rowId: t('faultRowId'), rowWhen: t('faultRowWhen'), windows: t('faultWindows') };
}
