/** A path that no page has. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { usePageTitle } from './page-title';

export function NotFoundPage(): ReactNode {
  const { t } = useTranslation('shell');
  const { pathname } = useLocation();
  usePageTitle(t('notFoundTitle'));
  return (
    <div className="whole-page">
      <h1>{t('notFoundTitle')}</h1>
      <p>{t('notFoundText', { path: pathname })}</p>
      <Link to="/">{t('toUpload')}</Link>
    </div>
  );
}
