/** The frame around every page: the way around, who speaks which language, what the connection is like. */
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useNavigation } from 'react-router';
import { useTokenWanted } from '../api/token';
import { useLanguage } from '../texts/i18n';
import { useActiveInView } from './active-in-view';
import { ConnectionBanner } from './connection-banner';
import { LanguageSwitch } from './language-switch';
import { pageRoutes } from './routes';
import { ThemeSwitch } from './theme-switch';
import { useFocusOnNewPage } from './focus-on-new-page';

/** Most people never see it. */
const TokenDialog = lazy(() => import('./token-dialog').then(({ TokenDialog }) => ({ default: TokenDialog })));

export function Frame(): ReactNode {
  const { t } = useTranslation('shell');
  const { state } = useNavigation();
  const content = useFocusOnNewPage();
  const around = useActiveInView(useLanguage());
  const tokenWanted = useTokenWanted();
  return (
    <>
      <a className="skip-link" href="#content">
        {t('skipToContent')}
      </a>
      <header className="frame-head">
        <NavLink to="/" className="brand" aria-label="Tributary">
          <img src="/favicon.svg" alt="" width="24" height="24" />
          <span>Tributary</span>
        </NavLink>
        <nav aria-label={t('navigation')} ref={around}>
          {pageRoutes.map(
            ({ path, nav }) =>
              nav && (
                <NavLink key={path} to={path} end={path === '/'}>
                  {t(nav)}
                </NavLink>
              ),
          )}
          <a href="/docs">{t('apiDocs')}</a>
        </nav>
        <div className="frame-tools">
          <ThemeSwitch />
          <LanguageSwitch />
        </div>
      </header>
      {state === 'loading' && <div className="frame-busy" role="progressbar" aria-label={t('loading')} />}
      <ConnectionBanner />
      <main id="content" ref={content} tabIndex={-1}>
        <Outlet />
      </main>
      {tokenWanted && (
        <Suspense>
          <TokenDialog />
        </Suspense>
      )}
    </>
  );
}
