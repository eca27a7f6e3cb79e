/** Where a package goes in. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageTitle } from '../shell/page-title';

export function Component(): ReactNode {
  const { t } = useTranslation('shell');
  usePageTitle(t('navUpload'));
  return <h1>{t('navUpload')}</h1>;
}
